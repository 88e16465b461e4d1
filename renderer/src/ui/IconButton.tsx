import { shortcutLabel } from './commands/shortcut';
import { Icon, type IconName } from './Icon';

type Properties = {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly shortcut?: string;
};

/** A square button with an icon; its label is its name and its tooltip. */
export function IconButton({ icon, label, onClick, disabled = false, pressed, shortcut }: Properties) {
  return (
    <button
      type="button"
      className="cv-icon-button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcutLabel(shortcut)})`}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
