/** Something the person can do now: it feeds shortcuts, the palette, the menus and the shortcut sheet. */
export type Command = {
  readonly id: string;
  readonly title: string;
  /** `Ctrl+Enter`, `F9`, `B`. Never Ctrl+Shift or Alt+Z. */
  readonly shortcut?: string;
  readonly run: () => void | Promise<void>;
  /** Asked at the moment of the key; false leaves the command out. */
  readonly when?: () => boolean;
  /** `add`: also listed under "+ Thêm" in the title bar. */
  readonly menu?: 'add';
  /** A plain key (Escape, Enter) that also works while a text field has the focus. */
  readonly inFields?: boolean;
  /** Also works while a dialog is open. */
  readonly inDialogs?: boolean;
};

type Layer = { readonly commands: () => readonly Command[] };

const layers: Layer[] = [];
const listeners = new Set<() => void>();
let version = 0;

/** Adds commands on top of those that are there: for equal shortcuts the newest wins. Gives the function that takes them off. */
export function pushCommands(commands: () => readonly Command[]): () => void {
  const layer = { commands };
  layers.push(layer);
  changed();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    changed();
  };
}

/** Every command that can run now, those of the screen in front first. */
export function availableCommands(): readonly Command[] {
  const seen = new Set<string>();
  const found: Command[] = [];
  for (const layer of [...layers].reverse()) {
    for (const command of layer.commands()) {
      if (seen.has(command.id) || command.when?.() === false) continue;
      seen.add(command.id);
      found.push(command);
    }
  }
  return found;
}

export function subscribeCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function commandsVersion(): number {
  return version;
}

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}
