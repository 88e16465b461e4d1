import type { Outgoing } from '@shared/schema/documents';
import { useUnits } from '../../data';
import { t } from '../../i18n';
import { momentText, StatusTag } from '../../ui';
import { deliveriesOf } from './delivery-view';
import { splitList } from './official-document';
import { deliveryWords } from './words';

/** Nơi nhận: before the issue only their names, afterwards how far the document has come at each of them. */
export function Deliveries({ document }: { readonly document: Outgoing }) {
  const units = useUnits();
  const issued = document.state === 'issued';
  const others = splitList(document.otherReceivers);
  const words = t.outgoing.deliveries;
  return (
    <ul className="cv-receivers" aria-label={issued ? words.list : t.outgoing.sections.deliveries}>
      {deliveriesOf(document).map((delivery) => {
        const { meaning, text } = deliveryWords(delivery);
        return (
          <li key={delivery.unit}>
            <div className="cv-row">
              <span className="cv-grow">{units.get(delivery.unit)?.name ?? t.common.pick.gone}</span>
              {issued ? <StatusTag meaning={meaning}>{text}</StatusTag> : null}
            </div>
            {issued && delivery.at !== '' ? (
              <p className="cv-soft cv-small">{momentText(delivery.at)}</p>
            ) : null}
            {delivery.reason === '' ? null : <p className="cv-small">{words.reason(delivery.reason)}</p>}
          </li>
        );
      })}
      {others.map((name) => (
        <li key={name}>
          {name} <span className="cv-soft cv-small">({words.others})</span>
        </li>
      ))}
    </ul>
  );
}
