import { districtDecisions } from './district-decisions';
import { districtPlans } from './district-plans';
import { grassrootsDocuments } from './grassroots';
import { provinceDocuments } from './province';
import type { SampleDocument } from './sample-types';

export { sampleInvitation } from './invitation';
export type { SampleDocument, SampleUnitId } from './sample-types';

/** All documents of the sample province, oldest first. People, places and figures are invented. */
export const sampleDocuments: readonly SampleDocument[] = [
  ...provinceDocuments,
  ...districtPlans,
  ...districtDecisions,
  ...grassrootsDocuments,
].toSorted((one, other) => one.date.localeCompare(other.date));
