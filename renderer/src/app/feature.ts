import type { ReactNode } from 'react';
import type { Counts } from '../data';
import type { IconName } from '../ui';
import type { Parameters } from './router';

/** One screen: its addresses and what it shows. Several paths of one screen keep its state while moving between them. */
export type Screen = {
  readonly id: string;
  readonly paths: readonly string[];
  readonly title: () => string;
  readonly render: (parameters: Parameters, query: Parameters) => ReactNode;
};

/** One line of the rail. */
export type RailEntry = {
  readonly path: string;
  readonly title: () => string;
  readonly icon: IconName;
  /** Place on the rail, also the digit of Ctrl+1 … 9: the order of the entries, not their number. */
  readonly order: number;
  readonly count?: (counts: Counts) => number;
};

/** What a feature gives to the frame. Texts are functions because the language can change. */
export type Feature = {
  readonly id: string;
  readonly screens: readonly Screen[];
  readonly rail: readonly RailEntry[];
  /** Mounted as long as somebody is signed in: for commands that work on every screen. Renders nothing. */
  readonly Background?: () => ReactNode;
  /** Said above every screen while it is true; nothing otherwise. */
  readonly Banner?: () => ReactNode;
};
