/** The data types of all printed matter, without the code that sets them. */
export type { Annex, Block, OfficialDocument, SigningPlaces } from './document-types';
export type { Minutes, MinutesConclusion, MinutesPerson, MinutesStep, MinutesVote } from './minutes-types';
export type { PackAgendaItem, PackMeeting } from './pack/pack-types';
export type { RecoveryKitSheets } from './recovery-kit';
export type { IncomingRegisterRow, OutgoingRegisterRow, RegisterCover, RegisterRows } from './register-types';
export type { RoutingSlip, SlipOpinion } from './routing-slip';
export type { CheckedSignatureText, CheckFinding, SignatureCheckSlip } from './signature-check';
