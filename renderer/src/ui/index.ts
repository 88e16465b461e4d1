/** The kit: screens import their building blocks from here. */
export { type Chip, Chips } from './Chips';
export { ConfirmHost } from './Confirm';
export { CopyText } from './CopyText';
export { availableCommands, type Command } from './commands/registry';
export { isFreeShortcut, shortcutLabel } from './commands/shortcut';
export { runCommand, useAvailableCommands, useCommands, useShortcuts } from './commands/use-commands';
export { confirmFinal, type Question } from './confirm';
export { countText } from './count-text';
export { type Column, DataGrid } from './DataGrid';
export { DateField } from './DateField';
export { DocumentList } from './DocumentList';
export { addDays, addWorkingDays, daysBetween, parseDayInput } from './date-input';
export { EmptyState } from './EmptyState';
export {
  type Choice,
  ChoiceField,
  type FieldProperties,
  SuggestField,
  TextAreaField,
  TextField,
  useInvalid,
} from './Field';
export { FrontCard, FrontHead } from './FrontCard';
export { checkForm } from './form';
export { Icon, type IconName } from './Icon';
export { IconButton } from './IconButton';
export { filterByText, matchScore, plainText } from './match-text';
export { ErrorNotice, Notice, type NoticeTone } from './Notice';
export { Panes } from './Panes';
export { PeoplePicker, PersonPicker, usePersonName } from './PersonPicker';
export { PickMany, PickOne } from './Picker';
export { Progress } from './Progress';
export { togglePanes } from './panes-hidden';
export { Facts, Section } from './Section';
export { SidePanel } from './SidePanel';
export { DeadlineTag, type Meaning, StatusTag, UrgencyTag } from './StatusTag';
export { Toasts } from './Toasts';
export { momentText, shortMoment, sizeText } from './time-text';
export { reportFailure, toast } from './toasts';
export { UnitPicker, UnitsPicker } from './UnitPicker';
export { useFocusBack } from './use-focus-back';
export { type Task, useTask } from './use-task';
export { useToday } from './use-today';
