export { FileReader } from './FileReader';
export { FileView } from './FileView';
export { MarkedPage } from './MarkedPage';
export type { PageMark } from './PageMarks';
