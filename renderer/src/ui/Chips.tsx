export type Chip<K extends string> = { readonly key: K; readonly label: string; readonly count?: number };

type Properties<K extends string> = {
  readonly label: string;
  readonly chips: readonly Chip<K>[];
  readonly value: K;
  readonly onChange: (key: K) => void;
};

/** Filter chips above a list: exactly one is pressed. */
export function Chips<K extends string>({ label, chips, value, onChange }: Properties<K>) {
  return (
    <div className="cv-chips" role="group" aria-label={label}>
      {chips.map((chip) => (
        <button
          key={chip.key}
          type="button"
          className="cv-chip"
          aria-pressed={chip.key === value}
          onClick={() => onChange(chip.key)}
        >
          {chip.label}
          {chip.count === undefined || chip.count === 0 ? null : (
            <span className="cv-chip-count">{chip.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}
