export { type ArrivalStamp, typesetArrivalStamp } from './arrival-stamp';
export { composeBody } from './compose-body';
export { type TypesetDocument, typesetDocument } from './document';
export {
  type Annex,
  type Block,
  fieldText,
  type OfficialDocument,
  type Receiver,
  type SigningBlock,
  type SigningPlaces,
} from './document-types';
export type { PrintFonts } from './faces';
export type { Place } from './geometry';
export { type Invitation, typesetInvitation } from './invitation';
export type { Inline, Run } from './lines';
export { type MinutesPlaces, type TypesetMinutes, typesetMinutes } from './minutes';
export type { Minutes, MinutesConclusion, MinutesPerson, MinutesStep, MinutesVote } from './minutes-types';
export { assemblePack } from './pack/assemble';
export type {
  AssembledPack,
  PackAgendaItem,
  PackedPaper,
  PackMeeting,
  PackPaper,
  PackProblem,
  PackProblemCode,
} from './pack/pack-types';
export { type RecoveryKitSheets, typesetRecoveryKit } from './recovery-kit';
export { typesetRegister } from './register';
export { registerCsv } from './register-csv';
export {
  type IncomingRegisterRow,
  type OutgoingRegisterRow,
  type RegisterCover,
  type RegisterKind,
  type RegisterRows,
  registerColumns,
} from './register-types';
export { type RoutingSlip, type SlipOpinion, typesetRoutingSlip } from './routing-slip';
export {
  type CheckedSignatureText,
  type CheckFinding,
  type SignatureCheckSlip,
  typesetSignatureCheck,
} from './signature-check';
