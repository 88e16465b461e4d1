export { FileReader } from './FileReader';
export { FileView } from './FileView';
export { KeepHere } from './KeepHere';
export { MarkedPage } from './MarkedPage';
export type { PageMark } from './PageMarks';
