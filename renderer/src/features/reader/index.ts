export { FileReader } from './FileReader';
export { FileView } from './FileView';
