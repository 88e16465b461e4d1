import { type SecrecyLevel, secrecyLevels } from '@shared/domain/secrecy';
import { type Urgency, urgencies } from '@shared/schema/values';
import { t } from '../../../i18n';
import type { Choice } from '../../../ui';

/** Độ mật as the form offers it. */
export function secrecyChoices(): readonly Choice<SecrecyLevel>[] {
  return secrecyLevels.map((value) => ({ value, label: t.common.secrecy[value] }));
}

/** Độ khẩn as the form offers it. */
export function urgencyChoices(): readonly Choice<Urgency>[] {
  return urgencies.map((value) => ({ value, label: t.common.urgency[value] }));
}
