import { Button, Tabs } from '@mantine/core';
import { isoInHanoi } from '@shared/text/time';
import { useState } from 'react';
import { navigate } from '../../app/router';
import { useSession, useSyncStatus, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { momentText, StatusTag, useCommands, useTask } from '../../ui';
import { ConflictsTab } from './ConflictsTab';
import { type Comparison, compareWithServer } from './compare';
import { ProblemsTab } from './ProblemsTab';
import { ReceivedTab } from './ReceivedTab';
import { WaitingTab } from './WaitingTab';

const tabs = ['waiting', 'received', 'problems', 'conflicts'] as const;
type Tab = (typeof tabs)[number];

/** Đồng bộ: what waits, what came, what went wrong, what two devices changed at once. */
export function SyncScreen({ tab }: { readonly tab: string }) {
  const current: Tab = tabs.find((known) => known === tab) ?? 'waiting';
  const workplace = useWorkplace();
  const { device } = useSession();
  const { waiting, rejected, conflicts } = useSyncStatus();
  const [comparison, setComparison] = useState<readonly Comparison[] | null>(null);
  const comparing = useTask();
  const compare = async (): Promise<void> => {
    navigate('/sync/received');
    setComparison(null);
    await comparing.run(async () => setComparison(await compareWithServer(workplace, device.unit)));
  };
  useCommands([{ id: 'sync.compare', title: t.sync.compare, run: compare }]);
  const counts: Readonly<Record<Tab, number>> = { waiting, received: 0, problems: rejected, conflicts };
  return (
    <div className="cv-list-pane">
      <SyncHead comparing={comparing.busy} onCompare={() => void compare()} />
      <Tabs
        value={current}
        onChange={(next) => navigate(`/sync/${next ?? 'waiting'}`, { replace: true })}
        className="cv-sync-tabs"
        keepMounted={false}
      >
        <Tabs.List aria-label={t.sync.title}>
          {tabs.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {counts[key] === 0 ? t.sync.tabs[key] : `${t.sync.tabs[key]} (${counts[key]})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="waiting" className="cv-sync-panel">
          <WaitingTab />
        </Tabs.Panel>
        <Tabs.Panel value="received" className="cv-sync-panel">
          <ReceivedTab comparison={comparison} task={comparing} />
        </Tabs.Panel>
        <Tabs.Panel value="problems" className="cv-sync-panel">
          <ProblemsTab />
        </Tabs.Panel>
        <Tabs.Panel value="conflicts" className="cv-sync-panel">
          <ConflictsTab />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function SyncHead({ comparing, onCompare }: { readonly comparing: boolean; readonly onCompare: () => void }) {
  const { replication } = useWorkplace();
  const { busy, online, lastSync } = useSyncStatus();
  return (
    <header className="cv-list-head">
      <div className="cv-list-title">
        <h1>{t.sync.title}</h1>
        <StatusTag meaning={online ? 'good' : 'waiting'}>{online ? t.sync.online : t.sync.offline}</StatusTag>
        <span className="cv-soft">
          {busy ? t.sync.busy : lastSync === 0 ? t.sync.never : t.sync.last(momentText(isoInHanoi(lastSync)))}
        </span>
        <Button disabled={comparing} onClick={onCompare}>
          {t.sync.compare}
        </Button>
        <Button variant="filled" disabled={busy} title="F9" onClick={() => void replication.now()}>
          {t.sync.now}
        </Button>
      </div>
      <p className="cv-soft">
        {t.sync.saved} {online ? '' : t.sync.offlineHint}
      </p>
    </header>
  );
}
