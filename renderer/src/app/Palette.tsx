import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../i18n';
import { useAvailableCommands } from '../ui';
import { openOverlay, useOverlay } from './overlays';
import { type PaletteEntry, usePaletteEntries } from './palette-entries';

/** Ctrl+K: opens anything. */
export function Palette() {
  const open = useOverlay() === 'palette';
  if (!open) return null;
  return (
    <Modal
      opened
      onClose={() => openOverlay('none')}
      size={640}
      withCloseButton={false}
      padding={0}
      yOffset={64}
      centered={false}
      title={<span className="cv-hidden">{t.common.palette.title}</span>}
      classNames={{ header: 'cv-hidden' }}
    >
      <PaletteBody />
    </Modal>
  );
}

function PaletteBody() {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const entries = usePaletteEntries(query, useAvailableCommands());
  const current = Math.min(active, entries.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, query]);

  const choose = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    openOverlay('none');
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(entries.length - 1, current + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(entries[current]);
    }
  };
  return (
    <div className="cv-palette">
      <input
        className="cv-palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-entries"
        aria-activedescendant={entries.length === 0 ? undefined : `palette-${current}`}
        aria-label={t.common.palette.title}
        placeholder={t.common.palette.placeholder}
        value={query}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        ref={list}
        id="palette-entries"
        role="listbox"
        aria-label={t.common.palette.title}
        className="cv-palette-list"
      >
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className="cv-palette-entry"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(entry)}
            onKeyDown={() => undefined}
          >
            <span className="cv-ellipsis cv-grow">{entry.title}</span>
            <span className="cv-soft cv-small cv-ellipsis cv-palette-detail">{entry.detail}</span>
            <span className="cv-soft cv-small">{entry.group}</span>
          </li>
        ))}
      </ul>
      <p className="cv-palette-hint cv-soft cv-small" role="status">
        {entries.length === 0 ? t.common.palette.nothing : t.common.palette.hint}
      </p>
    </div>
  );
}
