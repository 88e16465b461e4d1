import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { TodayScreen } from './TodayScreen';

/** Việc hôm nay: the first screen. */
export const today: Feature = {
  id: 'today',
  screens: [
    {
      id: 'today',
      paths: ['/today'],
      title: () => t.today.title,
      render: () => createElement(TodayScreen),
    },
  ],
  rail: [{ path: '/today', title: () => t.today.title, icon: 'today', order: 10 }],
};
