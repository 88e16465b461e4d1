import { useEffect, useRef, useSyncExternalStore } from 'react';
import { reportFailure } from '../toasts';
import {
  availableCommands,
  type Command,
  commandsVersion,
  pushCommands,
  subscribeCommands,
} from './registry';
import { isPlainKey, matchesShortcut } from './shortcut';

/** Offers commands while the component is on the screen. The newest closures are always used. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => pushCommands(() => latest.current), []);
}

/** The commands that can run now, for menus and the palette. */
export function useAvailableCommands(): readonly Command[] {
  useSyncExternalStore(subscribeCommands, commandsVersion);
  return availableCommands();
}

/** Runs a command; what it throws is shown as a notice. */
export function runCommand(command: Command): void {
  try {
    const result = command.run();
    if (result instanceof Promise) result.catch(reportFailure);
  } catch (error) {
    reportFailure(error);
  }
}

/** Listens to the keyboard for all commands. Mounted once, by the frame. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // While Vietnamese is being composed, keys belong to the typing tool.
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      const command = availableCommands().find((candidate) => answers(candidate, event));
      if (command === undefined) return;
      event.preventDefault();
      runCommand(command);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function answers(command: Command, event: KeyboardEvent): boolean {
  if (command.shortcut === undefined || !matchesShortcut(event, command.shortcut)) return false;
  if (command.inDialogs !== true && document.querySelector('[role="dialog"][aria-modal="true"]') !== null)
    return false;
  if (!isPlainKey(command.shortcut) || command.inFields === true) return true;
  return !keepsPlainKeys(event.target, command.shortcut);
}

function keepsPlainKeys(target: EventTarget | null, shortcut: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select, [role="combobox"]')) return true;
  if (target instanceof HTMLInputElement) return true;
  return (
    (shortcut === 'Enter' || shortcut === ' ') && target.closest('button, a, [role="menuitem"]') !== null
  );
}
