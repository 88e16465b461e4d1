import { Button } from '@mantine/core';
import { useRef } from 'react';

type Properties = {
  readonly label: string;
  /** `.p12,.pfx` */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
};

/** A button that opens the system's file dialog. The hidden field carries the same name. */
export function ImportButton({ label, accept, disabled = false, multiple = false, onFiles }: Properties) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        className="cv-hidden"
        tabIndex={-1}
        aria-hidden="true"
        data-file-for={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again after a failure.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
