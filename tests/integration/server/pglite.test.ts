import { afterAll, beforeAll, describe } from 'vitest';
import { exchangeRules } from './exchange-rules';
import { fileRules } from './file-rules';
import { identityRules } from './identity-rules';
import { numberingRules } from './numbering-rules';
import { type Office, openOffice } from './office';
import { pushRules } from './push-rules';
import { visibilityRules } from './visibility-rules';

describe('provincial server on PGlite', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.stop());

  for (const rules of [identityRules, pushRules, numberingRules, exchangeRules, fileRules, visibilityRules]) {
    rules(() => office);
  }
});
