import './secret.css';
import { secretTexts } from './secret-texts';

type Question = { readonly title: string; readonly purpose: string; readonly again: boolean };
type Door = {
  question(): Promise<{ readonly ok: true; readonly value: Question } | { readonly ok: false }>;
  answer(secret: string | null): Promise<unknown>;
};
const door = (globalThis as unknown as { readonly secretDoor: Door }).secretDoor;

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found as T;
};

const input = element<HTMLInputElement>('secret');
element('label').textContent = secretTexts.label;
element('cancel').textContent = secretTexts.cancel;
element('ok').textContent = secretTexts.ok;
element('again').textContent = secretTexts.again;

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const secret = input.value;
  input.value = '';
  void door.answer(secret);
});
element('cancel').addEventListener('click', () => void door.answer(null));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing) void door.answer(null);
});

const question = await door.question();
if (question.ok) {
  element('title').textContent = question.value.title;
  element('purpose').textContent = question.value.purpose;
  element('again').hidden = !question.value.again;
}
input.focus();
