import type { Texts } from './text-types';
import type { viSigning } from './vi-signing';

const askAgain = 'Return it to the sender and ask for the intact signed file.';
const askOther = 'Ask the sender to sign again with conforming software.';
const technical = 'Ask the sender to sign again; do not use this file as an original.';
const otherTool = 'Check it with the software of the signature provider.';
const addAnchor = 'Add the right root in My signature after comparing fingerprints, then check again.';
const clock = 'Check the date and time of this machine, then check again.';
const askDate = 'Ask the sender when it was signed; if after expiry, ask for a new signature.';

export const enSigning: Texts<typeof viSigning> = {
  title: 'My signature',
  intro: 'Certificates for signing on this machine, and the authorities that this machine trusts.',
  keys: {
    title: 'Signing certificates',
    list: 'List of certificates',
    empty: 'No certificate on this machine yet.',
    emptyHint:
      'Import the .p12 or .pfx file of your authority. Its password is asked in a window of its own and is not kept.',
    importPerson: 'Import a personal certificate',
    importOrgan: 'Import the organisation’s certificate',
    importing: 'Importing the certificate…',
    imported: (subject) => `Imported the certificate ${subject}`,
    person: 'Person',
    organ: 'Organisation',
    owner: 'Used for',
    holder: 'Holder',
    subject: 'Subject',
    issuer: 'Issuer',
    notAfter: 'Expires',
    mine: 'mine',
    organOnlyClerk: 'The organisation’s certificate is kept by the clerk.',
  },
  pictures: {
    title: 'Pictures of the signature and the seal',
    intro:
      'PNG with a clear background, 2 MB at most. Shown as large as in print; clear margins are left out.',
    names: { person: 'Picture of the signature', organ: 'Picture of the seal' },
    import: { person: 'Import the signature', organ: 'Import the seal' },
    remove: { person: 'Remove the signature', organ: 'Remove the seal' },
    imported: { person: 'Imported the signature', organ: 'Imported the seal' },
    removed: { person: 'Removed the signature', organ: 'Removed the seal' },
    place: {
      person: 'Blue, between the title and the name of the signer.',
      organ: (mm) => `Red, ${mm} mm across, over the left third of the signature.`,
    },
    none: 'No picture yet',
    instead: {
      person: 'Without a picture the signature shows the signer’s name in blue italics.',
      organ: 'Without a picture a round red seal with the organisation’s name is drawn.',
    },
    opaque: 'The background is not clear: it will hide the text below.',
    opaqueTodo: 'Remove the background, crop closely, save as PNG with a clear background and import again.',
    organOnlyClerk: 'The picture of the seal is kept by the clerk.',
  },
  expiry: {
    valid: (day) => `Valid until ${day}`,
    soon: (days) => `${days} days left`,
    today: 'Expires today',
    expired: (day) => `Expired ${day}`,
    unknown: 'Expiry unknown',
    warning: (subject, days) => `The certificate ${subject} expires in ${days} days.`,
    warningToday: (subject) => `The certificate ${subject} expires today.`,
    warningExpired: (subject) => `The certificate ${subject} has expired and cannot sign any more.`,
    safe: 'Documents signed before keep their value.',
    todo: 'Apply for a new certificate and import the new .p12 file here.',
  },
  anchors: {
    title: 'Trusted authorities',
    list: 'List of roots',
    empty: 'No authority is trusted yet.',
    emptyHint: 'Without a root even a correct signature only reads Not enough evidence.',
    import: 'Import a root certificate',
    imported: (subject) => `Now trusting ${subject}`,
    compare: 'Import only files from an official source and compare the fingerprint below before use.',
    subject: 'Authority',
    fingerprint: 'SHA-256 fingerprint',
    notAfter: 'Expires',
  },
  warnings: {
    JAVASCRIPT: {
      what: 'The document contains JavaScript.',
      todo: 'Export the PDF again without scripts, then sign.',
    },
    OPEN_ACTION: {
      what: 'The document does something when it is opened.',
      todo: 'Export the PDF again, then sign.',
    },
    ADDITIONAL_ACTIONS: {
      what: 'The document acts by itself when a page is opened, clicked or filled.',
      todo: 'Export the PDF again, then sign.',
    },
    LAUNCH_ACTION: {
      what: 'The document has a link that starts a program or opens another file.',
      todo: 'Do not sign; export the PDF again.',
    },
    URI_ACTION: {
      what: 'The document links to a web page.',
      todo: 'What the page shows can change and is not signed; remove the link if it is not needed.',
    },
    SUBMIT_FORM_ACTION: {
      what: 'The document has a button that sends data out.',
      todo: 'Export the PDF again, then sign.',
    },
    OTHER_ACTION: {
      what: 'The document links to another file or plays outside content.',
      todo: 'Export the PDF again, then sign.',
    },
    EMBEDDED_FILES: {
      what: 'Files are attached inside the document; signing signs them too.',
      todo: 'Open each attached file, or take them out before signing.',
    },
    HIDDEN_CONTENT: {
      what: 'The document has content that is hidden.',
      todo: 'Do not sign what you have not seen; export the PDF again.',
    },
    OVERLAPPING_CONTENT: {
      what: 'Some content covers other content.',
      todo: 'Look closely at the marked place; export the PDF again if text is covered.',
    },
    FIELDS_WITH_VALUES: {
      what: 'The document has form fields that are filled already.',
      todo: 'Read every field; print to PDF if no form is needed.',
    },
    XFA: {
      what: 'The document has an XFA form, which each program shows differently.',
      todo: 'Print to an ordinary PDF, then sign.',
    },
    EXTERNAL_STREAMS: {
      what: 'Part of the content lies outside the file, where a signature cannot protect it.',
      todo: 'Do not sign; export the PDF again.',
    },
    FONT_NOT_EMBEDDED: {
      what: 'A font is not in the file: other machines may show other letters.',
      todo: 'Export the PDF again with embedded fonts.',
    },
    NOT_FULLY_INSPECTED: {
      what: 'This document could not be looked through to its end.',
      todo: 'Read every page closely before signing, or export the PDF again.',
    },
  },
  report: {
    title: 'Signature check',
    check: 'Check signatures',
    again: 'Check again',
    checking: 'Checking signatures…',
    notHere: 'The file is not on this machine yet, so its signatures cannot be checked.',
    verdicts: {
      valid: 'Valid',
      indeterminate: 'Not enough evidence',
      invalid: 'Not valid',
      unsigned: 'No digital signature',
    },
    meanings: {
      valid: 'All signatures are right, the content is intact and the certificates are trusted.',
      indeterminate: 'No sign of tampering, but not enough evidence to conclude.',
      invalid: 'A signature is wrong or the content was changed. Do not use this file.',
      unsigned: 'This file carries no digital signature.',
    },
    signature: (index, count) => `Signature ${index}/${count}`,
    signer: 'Signer',
    organisation: 'Organisation',
    unknownSigner: 'The signer’s name cannot be read',
    claimedTime: 'Time stated in the signature',
    noTime: 'not stated',
    coverage: 'Coverage',
    changesAfter: 'Changes after signing',
    issuer: 'Certificate issued by',
    validity: 'Certificate validity',
    period: (from, to) => `${from} – ${to}`,
    integrityLabel: 'Integrity',
    technical: 'Technical details',
    field: 'Signature field',
    code: 'Code',
    todo: 'To do:',
    unknownProblem: 'The signature has a problem that has no explanation yet.',
    unknownTodo: 'Give this code to your support.',
    integrity: {
      ok: 'Content intact since signing',
      broken: 'Content no longer intact',
      malformed: 'Signature data damaged',
      unsupported: 'This kind of signature cannot be checked yet',
    },
    coverages: {
      'whole-file': 'Whole file',
      'earlier-revision': 'An earlier revision of the file',
      none: 'Cannot be determined',
    },
    changes: {
      none: 'None',
      lta: 'Only timestamps and long-term data added',
      annotations: 'Only permitted annotations added',
      'form-fill': 'Only permitted fields filled (number, date)',
      signatures: 'Only signatures added',
      disallowed: 'Changes that are not permitted',
      'not-analysed': 'Could not be analysed',
    },
    problems: {
      NO_SIGNATURE_DICTIONARY: { what: 'The signature field holds no signature.', todo: askAgain },
      SIGNATURE_SHARED_BY_FIELDS: { what: 'One signature is used by several fields.', todo: askAgain },
      NO_BYTE_RANGE: { what: 'The signature does not say which part of the file it covers.', todo: askAgain },
      BAD_BYTE_RANGE: { what: 'The covered range stated in the file is wrong.', todo: askAgain },
      NO_CONTENTS: { what: 'The signature field is empty.', todo: askAgain },
      HOLE_NOT_CONTENTS_ONLY: {
        what: 'More than the signature lies outside the signed range.',
        todo: askAgain,
      },
      HOLE_NOT_THIS_CONTENTS: { what: 'The signed range does not match this field.', todo: askAgain },
      HOLE_OUTSIDE_DICTIONARY: { what: 'The signed range leaves out something else.', todo: askAgain },
      DUPLICATE_KEYS: { what: 'An entry stands twice and can be read in two ways.', todo: askAgain },
      RANGE_NOT_AT_REVISION_END: { what: 'The signature does not cover its whole revision.', todo: askAgain },
      SIGNED_REVISION_UNREADABLE: { what: 'The signed revision cannot be read.', todo: askAgain },
      SIGNED_REVISION_DIFFERS: { what: 'The signed revision differs from what is shown.', todo: askAgain },
      PADDING_NOT_ZERO: { what: 'Foreign data were put behind the signature.', todo: askAgain },
      UNSUPPORTED_SUBFILTER: { what: 'This kind of signature cannot be checked yet.', todo: otherTool },
      CMS_MALFORMED: { what: 'The signature data are damaged.', todo: askAgain },
      SIGNER_INFO_COUNT: { what: 'The signature does not have exactly one signer.', todo: askOther },
      CONTENT_NOT_DETACHED: { what: 'The signature carries content of its own.', todo: askOther },
      NO_SIGNER_CERTIFICATE: { what: 'The signer’s certificate is missing.', todo: askOther },
      NO_SIGNED_ATTRIBUTES: { what: 'Required attributes are missing.', todo: askOther },
      CONTENT_TYPE_WRONG: { what: 'The stated content type is wrong.', todo: askOther },
      NO_MESSAGE_DIGEST: { what: 'The digest of the document is missing.', todo: askOther },
      DIGEST_MISMATCH: { what: 'The document was changed after signing.', todo: askAgain },
      NO_SIGNING_CERTIFICATE_ATTRIBUTE: {
        what: 'The signature is not bound to the signer’s certificate.',
        todo: askOther,
      },
      SIGNING_CERTIFICATE_MISMATCH: {
        what: 'The certificate inside is not the one that signed.',
        todo: askAgain,
      },
      SIGNATURE_WRONG: { what: 'The signature does not match the certificate.', todo: askAgain },
      ALGORITHM_UNSUPPORTED: { what: 'This algorithm cannot be checked yet.', todo: otherTool },
      WEAK_DIGEST: { what: 'The digest algorithm is old and no longer safe.', todo: askOther },
      WEAK_KEY: { what: 'The key is too short to be safe.', todo: askOther },
      CERT_NOT_TRUSTED: {
        what: 'The certificate leads to no authority this machine trusts.',
        todo: addAnchor,
      },
      CERT_PATH_INVALID: { what: 'The chain of certificates is not valid.', todo: technical },
      CERT_EXPIRED: { what: 'The certificate has expired.', todo: askDate },
      CERT_NOT_YET_VALID: { what: 'The certificate is not valid yet.', todo: clock },
      REVOCATION_UNKNOWN: {
        what: 'Whether the certificate was revoked could not be checked.',
        todo: 'In doubt ask the authority or the sender.',
      },
      CHANGED_AFTER_SIGNING: {
        what: 'The file was changed after signing in a forbidden way.',
        todo: askAgain,
      },
      CHANGES_NOT_ANALYSED: {
        what: 'There are changes after signing that could not be analysed.',
        todo: 'Compare with the sender’s copy, or ask for it again.',
      },
      NOT_PDF: {
        what: 'Not a PDF, so there is no signature to check.',
        todo: 'Ask the sender for the signed PDF.',
      },
      DAMAGED_SIGNED_FILE: { what: 'The signed PDF is damaged.', todo: askAgain },
      UNREADABLE: { what: 'The structure of the PDF cannot be read.', todo: askAgain },
      ENCRYPTED: {
        what: 'The PDF has a password and cannot be checked.',
        todo: 'Ask the sender for a copy without a password.',
      },
      SIGNATURE_NOT_REACHABLE: {
        what: 'A signature lies outside the fields of the document.',
        todo: technical,
      },
      BYTES_BEFORE_HEADER: { what: 'Foreign data stand at the start of the file.', todo: technical },
      OK: { what: 'The chain of certificates is complete.', todo: 'Nothing to do.' },
      NO_PATH_TO_ANCHOR: {
        what: 'No way from the certificate to a trusted authority was found.',
        todo: addAnchor,
      },
      NOT_YET_VALID: { what: 'A certificate of the chain is not valid yet.', todo: clock },
      EXPIRED: { what: 'A certificate of the chain has expired.', todo: askDate },
      NOT_A_CA: { what: 'A certificate of the chain may not issue others.', todo: technical },
      CA_KEY_USAGE: { what: 'The authority’s certificate is not for issuing certificates.', todo: technical },
      PATH_LENGTH: { what: 'The chain is longer than permitted.', todo: technical },
      WRONG_KEY_USAGE: { what: 'The signer’s certificate is not for signing documents.', todo: askOther },
      UNKNOWN_CRITICAL_EXTENSION: {
        what: 'The certificate has a mandatory condition that is not understood.',
        todo: otherTool,
      },
      CERT_REVOKED: {
        what: 'The certificate had been revoked before signing.',
        todo: 'Do not use this document; ask the sender to sign again with another certificate.',
      },
      TIMESTAMP_WRONG: {
        what: 'The timestamp does not belong to this signature or is broken.',
        todo: 'Do not rely on it; ask the sender when it was signed.',
      },
      TIMESTAMP_NOT_TRUSTED: {
        what: 'The timestamp proves nothing yet: its authority is not trusted here, or it is not known whether its certificate was revoked.',
        todo: 'Add the root and the revocation list of the timestamp authority, then check again.',
      },
      SIGNED_IN_THE_FUTURE: {
        what: 'The time of signing that the document states is later than now.',
        todo: 'Check date and time of this machine and ask the sender.',
      },
      CONTENT_COVERED_AFTER_SIGNING: {
        what: 'A signature that was added later covers signed content.',
        todo: 'Open the signed version to see what is covered, then ask the sender.',
      },
      WRONG_EXTENDED_KEY_USAGE: {
        what: 'The certificate was not issued for this purpose.',
        todo: 'Ask the sender to sign again with a suitable certificate.',
      },
      NAME_NOT_PERMITTED: {
        what: 'The name in the certificate is outside what its authority may certify.',
        todo: 'Check with the software of the signature provider.',
      },
      POLICY_NOT_PERMITTED: {
        what: 'The policy of the certificate is not accepted.',
        todo: 'Check with the software of the signature provider.',
      },
      WEAK_ALGORITHM: {
        what: 'The chain of certificates uses an algorithm that is no longer safe.',
        todo: 'Ask the sender to sign again with a new certificate.',
      },
      TOO_COMPLEX: {
        what: 'The chain of certificates is too complex to be checked.',
        todo: 'Check with the software of the signature provider.',
      },
    },
  },
};
