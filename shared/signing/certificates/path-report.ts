/** 'untrusted' means that no path leads to an anchor; 'invalid' that every path found breaks a rule. */
export type PathStatus = 'trusted' | 'untrusted' | 'invalid';

/** Which rule of RFC 5280 section 6.1 decided. */
export type PathCode =
  | 'OK'
  | 'NO_PATH_TO_ANCHOR'
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  | 'NOT_A_CA'
  | 'CA_KEY_USAGE'
  | 'PATH_LENGTH'
  | 'WRONG_KEY_USAGE'
  | 'WRONG_EXTENDED_KEY_USAGE'
  | 'UNKNOWN_CRITICAL_EXTENSION'
  | 'NAME_NOT_PERMITTED'
  | 'POLICY_NOT_PERMITTED'
  | 'WEAK_ALGORITHM'
  | 'TOO_COMPLEX';
