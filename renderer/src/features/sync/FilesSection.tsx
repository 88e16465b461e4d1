import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useStream, useWorkplace } from '../../data';
import { errorText, t } from '../../i18n';
import { ErrorNotice, Section, sizeText, useTask } from '../../ui';
import { FileLine } from './FileLine';

/** The files of this machine: what waits for another network, what failed, and room on the disk. */
export function FilesSection() {
  const { files, fileWishes } = useWorkplace();
  const { metered, paused, pausedFiles, problems } = useStream(files.state, files.state.value);
  const choices = useStream(fileWishes.choices, fileWishes.choices.value);
  const task = useTask();
  const words = t.files;
  return (
    <Section title={words.title}>
      <div className="cv-stack">
        <Switch
          label={words.metered}
          description={metered && !choices.metered ? words.meteredByLine : words.meteredHint}
          checked={choices.metered}
          onChange={({ currentTarget: { checked } }) => void task.run(() => fileWishes.setMetered(checked))}
        />
        {paused === 0 ? null : (
          <div>
            <p>{words.paused(paused)}</p>
            <ul className="cv-sync-items">
              {pausedFiles.map((file) => (
                <FileLine key={file.sha256} name={file.name} size={file.size}>
                  <Button onClick={() => fileWishes.tell('anyway', file.sha256)}>{words.anyway}</Button>
                </FileLine>
              ))}
            </ul>
          </div>
        )}
        {problems.length === 0 ? null : (
          <div>
            <p>{words.failed(problems.length)}</p>
            <ul className="cv-sync-items">
              {problems.map(({ file, code }) => (
                <FileLine key={file.sha256} name={file.name} size={file.size}>
                  <span className="cv-soft">{errorText(code).what}</span>
                  <Button onClick={() => fileWishes.tell('open', file.sha256)}>{words.again}</Button>
                </FileLine>
              ))}
            </ul>
          </div>
        )}
        <Room />
        {task.error === null ? null : <ErrorNotice error={task.error} />}
      </div>
    </Section>
  );
}

/** Giải phóng dung lượng: says how much it would be before anything goes. */
function Room() {
  const { fileWishes } = useWorkplace();
  const task = useTask();
  const [text, setText] = useState('');
  const [able, setAble] = useState(false);
  const words = t.files;
  const measure = () =>
    task.run(async () => {
      const { bytes, files } = await fileWishes.measure();
      setAble(files > 0);
      setText(files === 0 ? words.noRoom : words.room(files, sizeText(bytes)));
    });
  const free = () =>
    task.run(async () => {
      const { bytes, files } = await fileWishes.free();
      setAble(false);
      setText(words.freed(files, sizeText(bytes)));
    });
  return (
    <div className="cv-stack">
      <p className="cv-soft">{words.roomHint}</p>
      <div className="cv-row">
        <Button disabled={task.busy} onClick={() => void measure()}>
          {words.measure}
        </Button>
        <Button disabled={task.busy || !able} onClick={() => void free()}>
          {words.free}
        </Button>
        <span role="status">{text}</span>
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </div>
  );
}
