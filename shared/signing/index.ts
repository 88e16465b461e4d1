export type { AppearanceSpec, CopyForm } from './appearance/appearance';
export type { FontFiles } from './appearance/drawing';
export {
  type DateBlanks,
  type PageSize,
  type Placement,
  placeAnnexText,
  placeCopyText,
  placeSeal,
} from './appearance/placement';
export { describePicture, type PictureFacts, pictureSize } from './appearance/signature-picture';
export {
  findMinutesPlaces,
  findSignaturePlaces,
  type MinutesPlaces,
  type MinutesSearch,
  type PageText,
  type PlaceSearch,
  type SignaturePlaces,
  type TextItem,
} from './appearance/signature-places';
export type { SigningPageText } from './appearance/signing-page';
export { DerError } from './asn1/der';
export { derBlocks, type PemLabel } from './asn1/pem';
export { equalBytes } from './bytes';
export { readCrl } from './certificates/crl';
export { type CrlDescription, describeCrl } from './certificates/describe-crl';
export { checkRevocation } from './certificates/revocation';
export { checkSignerCertificate, describeCertificate } from './certificates/signer-certificate';
export { type Certificate, readCertificate } from './certificates/x509';
export { validatePath } from './certificates/x509-path';
export { checkSignatures } from './check/check';
export type { CheckOptions } from './check/check-options';
export type {
  ChangeLevel,
  CheckReport,
  DocumentChange,
  DocumentProblem,
  PathReport,
  SignatureProblem,
  SignatureReport,
  SignerReport,
  Verdict,
} from './check/check-report';
export { type ExtractOptions, extractRevision } from './check/extract-revision';
export { digestInfo, ecdsaSignatureValue } from './cms/signature-encoding';
export { inspectForSigning } from './inspection/presign-warnings';
export type { PreSignWarning, PreSignWarningCode } from './inspection/warning';
export type {
  ByteSink,
  ByteSource,
  CryptoPort,
  HashName,
  HttpAnswer,
  HttpPort,
  HttpRequest,
  IncrementalHash,
  IncrementalVerifier,
  SignatureScheme,
  SignatureToVerify,
  Signer,
  SigningHash,
  SigningRequest,
} from './ports';
export {
  httpTimestampClient,
  type TimestampClient,
  type TimestampService,
} from './timestamps/timestamp-client';
export {
  addDocumentTimestamp,
  type DocumentTimestamped,
  type DocumentTimestampOptions,
} from './update/document-timestamp';
export { type Filled, type FillOptions, fillNumberAndDate } from './update/fill';
export { copySource } from './update/incremental-update';
export { inspectPdf, type PdfInspection } from './update/inspect';
export { newestSigningTime } from './update/newest-signing-time';
export {
  fieldNames,
  type Prepared,
  type PrepareMinutesOptions,
  type PrepareOptions,
  prepareForSigning,
  prepareMinutes,
} from './update/prepare';
export { type RaisedLevel, type RaiseStep, stepsToRaise } from './update/raise-steps';
export { type Signed, type SignOptions, signPdf } from './update/sign';
export type { LockOptions } from './update/signature-dictionary';
export {
  type BeginOptions,
  beginSigning,
  completeSigning,
  type SigningAnswer,
  type SigningSession,
} from './update/signing-session';
export {
  addValidationData,
  type ValidationDataAdded,
  type ValidationDataOptions,
} from './update/validation-data-update';
export { vietnamIsoTime } from './vietnam-time';
