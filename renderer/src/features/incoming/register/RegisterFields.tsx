import { documentTypes } from '@shared/domain/document-types';
import { parseNumberAndSymbol } from '@shared/domain/symbols';
import type { RefObject } from 'react';
import { useRows } from '../../../data';
import { t } from '../../../i18n';
import { ChoiceField, DateField, SuggestField, TextAreaField, TextField, useToday } from '../../../ui';
import { secrecyChoices, urgencyChoices } from './choices';
import { type FormValues, typeOfSymbol } from './form-state';

type Properties = {
  readonly values: FormValues;
  readonly change: (change: Partial<FormValues>) => void;
  /** Names of fields that the machine filled in and nobody has confirmed. */
  readonly guessed: ReadonlySet<keyof FormValues>;
  readonly onGuess: (field: keyof FormValues, value: string) => void;
  readonly onConfirm: (field: keyof FormValues) => void;
  /** Registered already: day of arrival and secrecy cannot change. */
  readonly correcting: boolean;
  readonly numberInput: RefObject<HTMLInputElement | null>;
  readonly typeInput: RefObject<HTMLInputElement | null>;
};

/** The fields of Appendix VI in the order in which a clerk reads them off the page. */
export function RegisterFields({
  values,
  change,
  guessed,
  onGuess,
  onConfirm,
  correcting,
  numberInput,
  typeInput,
}: Properties) {
  const today = useToday();
  const recent = useRows('incoming', { limit: 300 }) ?? [];
  const words = t.incoming.fields;
  const split = (text: string): boolean => {
    const parsed = parseNumberAndSymbol(text);
    if (parsed === null) return false;
    takeSymbol(parsed.symbol, { number: parsed.number });
    return true;
  };
  const takeSymbol = (symbol: string, more: Partial<FormValues> = {}): void => {
    change({ ...more, symbol });
    const type = typeOfSymbol(symbol);
    if (type !== '' && (values.type === '' || guessed.has('type'))) onGuess('type', type);
  };
  return (
    <div className="cv-stack">
      <div className="cv-field-pair">
        <DateField
          label={words.arrivalDate}
          value={values.arrivalDate}
          onChange={(arrivalDate) => change({ arrivalDate })}
          today={today}
          required
          disabled={correcting}
        />
        <ChoiceField
          label={words.urgency}
          value={values.urgency}
          choices={urgencyChoices()}
          onChange={(urgency) => change({ urgency })}
        />
      </div>
      <div className="cv-field-number">
        <div onBlur={() => split(values.number)}>
          <TextField
            label={words.number}
            value={values.number}
            maxLength={60}
            onChange={(number) => change({ number })}
            inputRef={numberInput}
            focusFirst
            onPaste={(event) => {
              if (split(event.clipboardData.getData('text'))) event.preventDefault();
            }}
          />
        </div>
        <TextField
          label={words.symbol}
          value={values.symbol}
          maxLength={30}
          onChange={(symbol) => takeSymbol(symbol)}
        />
        <DateField
          label={words.date}
          value={values.date}
          onChange={(date) => change({ date })}
          today={today}
        />
      </div>
      <SuggestField
        label={words.issuer}
        value={values.issuer}
        maxLength={200}
        onChange={(issuer) => change({ issuer })}
        suggestions={recent.map((row) => row.issuer)}
        required
      />
      <div onBlur={() => onConfirm('type')}>
        <SuggestField
          label={words.type}
          value={values.type}
          maxLength={100}
          onChange={(type) => {
            onConfirm('type');
            change({ type });
          }}
          suggestions={documentTypes.map((type) => type.name)}
          guessed={guessed.has('type')}
          inputRef={typeInput}
        />
      </div>
      <TextAreaField
        label={words.subject}
        value={values.subject}
        maxLength={500}
        onChange={(subject) => change({ subject })}
        required
      />
      <div className="cv-field-pair">
        <SuggestField
          label={words.signerPosition}
          value={values.signerPosition}
          maxLength={100}
          onChange={(signerPosition) => change({ signerPosition })}
          suggestions={recent.map((row) => row.signerPosition)}
        />
        <SuggestField
          label={words.signerName}
          value={values.signerName}
          maxLength={50}
          onChange={(signerName) => change({ signerName })}
          suggestions={recent.map((row) => row.signerName)}
        />
      </div>
      <div className="cv-field-three">
        <ChoiceField
          label={words.secrecy}
          value={values.secrecy}
          choices={secrecyChoices()}
          onChange={(secrecy) => change({ secrecy })}
          disabled={correcting}
        />
        <TextField
          label={words.pages}
          value={values.pages}
          maxLength={4}
          inputMode="numeric"
          onChange={(pages) => change({ pages: pages.replace(/\D/g, '') })}
        />
        <DateField
          label={words.dueDate}
          value={values.dueDate}
          onChange={(dueDate) => change({ dueDate })}
          today={today}
        />
      </div>
      <TextField
        label={words.paperPlace}
        value={values.paperPlace}
        maxLength={200}
        onChange={(paperPlace) => change({ paperPlace })}
      />
      <TextField
        label={words.note}
        value={values.note}
        maxLength={500}
        onChange={(note) => change({ note })}
      />
    </div>
  );
}
