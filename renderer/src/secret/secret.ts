import './secret.css';
import { secretTexts } from './secret-texts';

type Question = {
  readonly title: string;
  readonly purpose: string;
  readonly kind: 'password' | 'pin';
  readonly documents: readonly string[];
  readonly warnings: readonly string[];
  readonly again: boolean;
};
type Door = {
  question(): Promise<{ readonly ok: true; readonly value: Question } | { readonly ok: false }>;
  answer(secret: Uint8Array | null): Promise<unknown>;
};
const door = (globalThis as unknown as { readonly secretDoor: Door }).secretDoor;

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found as T;
};

const input = element<HTMLInputElement>('secret');
element('cancel').textContent = secretTexts.cancel;
element('ok').textContent = secretTexts.ok;

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  // As bytes, which the other side can wipe.
  const secret = new TextEncoder().encode(input.value);
  input.value = '';
  void door.answer(secret);
});
element('cancel').addEventListener('click', () => void door.answer(null));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing) void door.answer(null);
});

function listIn(id: string, lines: readonly string[]): void {
  const list = element(id);
  list.hidden = lines.length === 0;
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
}

const question = await door.question();
if (question.ok) {
  const { title, purpose, kind, documents, warnings, again } = question.value;
  element('title').textContent = title;
  element('purpose').textContent = purpose;
  element('label').textContent = secretTexts.label[kind];
  element('again').textContent = secretTexts.again[kind];
  element('again').hidden = !again;
  listIn('documents', documents);
  listIn('warnings', warnings);
}
input.focus();
