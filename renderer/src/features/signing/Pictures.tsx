import { Button } from '@mantine/core';
import type { SignaturePicture } from '@shared/ipc/contract';
import type { CSSProperties } from 'react';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { importPicture, invoke } from '../../platform/desktop';
import { Notice, toast, useTask } from '../../ui';
import { ImportButton } from './ImportButton';
import { Failures, Part } from './SigningPart';
import { useSignaturePictures } from './use-keys';

type Owner = SignaturePicture['owner'];

/** The room that a draft leaves between title and name, as the program lays it out. */
const signatureRoom: CSSProperties = { width: '130pt', height: '65pt' };

/** Hình chữ ký và con dấu: the own pictures that signatures show (Phụ lục I, phần I, mục II.7 and II.8). */
export function Pictures() {
  const { person, unit } = useSession();
  const { items, error, reload } = useSignaturePictures();
  const words = t.signing.pictures;
  const pictureOf = (owner: Owner) => items?.find((picture) => picture.owner === owner) ?? null;
  const sealMm = unit?.sealMm ?? 0;
  return (
    <Part title={words.title}>
      <p className="cv-soft">{words.intro}</p>
      <Failures errors={[error]} />
      {items === null ? null : (
        <div className="cv-key-cards">
          <PictureCard
            owner="person"
            picture={pictureOf('person')}
            room={signatureRoom}
            place={words.place.person}
            mayChange
            reload={reload}
          />
          <PictureCard
            owner="organ"
            picture={pictureOf('organ')}
            room={{ width: `${sealMm}mm`, height: `${sealMm}mm` }}
            place={words.place.organ(sealMm)}
            mayChange={person?.roles.includes('clerk') === true}
            reload={reload}
          />
        </div>
      )}
    </Part>
  );
}

type CardProperties = {
  readonly owner: Owner;
  readonly picture: SignaturePicture | null;
  /** True size on paper. */
  readonly room: CSSProperties;
  readonly place: string;
  readonly mayChange: boolean;
  readonly reload: () => Promise<void>;
};

function PictureCard({ owner, picture, room, place, mayChange, reload }: CardProperties) {
  const task = useTask();
  const words = t.signing.pictures;
  const name = words.names[owner];
  const take = ([file]: readonly File[]) =>
    task.run(async () => {
      if (file === undefined) return;
      await importPicture(file, owner);
      await reload();
      toast(words.imported[owner]);
    });
  const remove = () =>
    task.run(async () => {
      await invoke('signing:remove-picture', { owner });
      await reload();
      toast(words.removed[owner]);
    });
  return (
    <section className="cv-key-card" aria-label={name}>
      <h3>{name}</h3>
      <div className="cv-picture-paper">
        <div className="cv-picture-room" style={room}>
          {picture === null ? (
            <span>{words.none}</span>
          ) : (
            <img src={`data:image/png;base64,${picture.preview}`} alt={name} />
          )}
        </div>
      </div>
      <p className="cv-soft cv-small">{picture === null ? words.instead[owner] : place}</p>
      {picture?.opaque === true ? <Notice tone="warn" title={words.opaque} todo={words.opaqueTodo} /> : null}
      {mayChange ? (
        <div className="cv-row cv-picture-acts">
          <ImportButton
            label={words.import[owner]}
            accept=".png"
            disabled={task.busy}
            onFiles={(files) => void take(files)}
          />
          {picture === null ? null : (
            <Button disabled={task.busy} onClick={() => void remove()}>
              {words.remove[owner]}
            </Button>
          )}
        </div>
      ) : (
        <p className="cv-soft cv-small">{words.organOnlyClerk}</p>
      )}
      <Failures errors={[task.error]} />
    </section>
  );
}
