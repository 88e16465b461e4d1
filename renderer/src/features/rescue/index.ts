export { RescueScreen } from './RescueScreen';
export { RestoringGate } from './RestoringGate';
