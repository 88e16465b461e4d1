/** Who writes: the enrolled device and the unit it belongs to. */
export type Author = { readonly device: string; readonly unit: string };
