import { type CLayout, structure } from './c-layout';

const functionNames = [
  'C_Initialize',
  'C_Finalize',
  'C_GetInfo',
  'C_GetFunctionList',
  'C_GetSlotList',
  'C_GetSlotInfo',
  'C_GetTokenInfo',
  'C_GetMechanismList',
  'C_GetMechanismInfo',
  'C_InitToken',
  'C_InitPIN',
  'C_SetPIN',
  'C_OpenSession',
  'C_CloseSession',
  'C_CloseAllSessions',
  'C_GetSessionInfo',
  'C_GetOperationState',
  'C_SetOperationState',
  'C_Login',
  'C_Logout',
  'C_CreateObject',
  'C_CopyObject',
  'C_DestroyObject',
  'C_GetObjectSize',
  'C_GetAttributeValue',
  'C_SetAttributeValue',
  'C_FindObjectsInit',
  'C_FindObjects',
  'C_FindObjectsFinal',
  'C_EncryptInit',
  'C_Encrypt',
  'C_EncryptUpdate',
  'C_EncryptFinal',
  'C_DecryptInit',
  'C_Decrypt',
  'C_DecryptUpdate',
  'C_DecryptFinal',
  'C_DigestInit',
  'C_Digest',
  'C_DigestUpdate',
  'C_DigestKey',
  'C_DigestFinal',
  'C_SignInit',
  'C_Sign',
] as const;

/** The functions of CK_FUNCTION_LIST as far as the last one that is used here. */
export type FunctionName = (typeof functionNames)[number];

/** CK_FUNCTION_LIST (PKCS#11 v2.40 section 3.6): CK_VERSION and then one pointer for each function. */
export function functionList(layout: CLayout) {
  const pointers = Object.fromEntries(functionNames.map((name) => [name, 'pointer' as const]));
  return structure(layout, { version: 2, ...(pointers as Record<FunctionName, 'pointer'>) });
}

/** CK_ATTRIBUTE (section 3.4). */
export function attribute(layout: CLayout) {
  return structure(layout, { type: 'ulong', pValue: 'pointer', ulValueLen: 'ulong' });
}

/** CK_MECHANISM (section 3.5). */
export function mechanism(layout: CLayout) {
  return structure(layout, { mechanism: 'ulong', pParameter: 'pointer', ulParameterLen: 'ulong' });
}

/** CK_RSA_PKCS_PSS_PARAMS (PKCS#11 v2.40 mechanisms, section 2.1.9). */
export function pssParameters(layout: CLayout) {
  return structure(layout, { hashAlg: 'ulong', mgf: 'ulong', sLen: 'ulong' });
}

/** CK_TOKEN_INFO (section 3.2). */
export function tokenInfo(layout: CLayout) {
  return structure(layout, {
    label: 32,
    manufacturerID: 32,
    model: 16,
    serialNumber: 16,
    flags: 'ulong',
    ulMaxSessionCount: 'ulong',
    ulSessionCount: 'ulong',
    ulMaxRwSessionCount: 'ulong',
    ulRwSessionCount: 'ulong',
    ulMaxPinLen: 'ulong',
    ulMinPinLen: 'ulong',
    ulTotalPublicMemory: 'ulong',
    ulFreePublicMemory: 'ulong',
    ulTotalPrivateMemory: 'ulong',
    ulFreePrivateMemory: 'ulong',
    hardwareVersion: 2,
    firmwareVersion: 2,
    utcTime: 16,
  });
}
