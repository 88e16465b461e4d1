import { Button, Tabs } from '@mantine/core';
import { isoInHanoi } from '@shared/text/time';
import { useState } from 'react';
import { navigate } from '../../app/router';
import { roundProgress, useSession, useSyncStatus, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { momentText, Progress, StatusTag, useCommands, useTask } from '../../ui';
import { ConflictsTab } from './conflicts/ConflictsTab';
import { EnrolAgain } from './EnrolAgain';
import { FilesTab } from './FilesTab';
import { SilenceHint } from './notices/SilenceHint';
import { ProblemsTab } from './problems/ProblemsTab';
import { type Comparison, compareWithServer } from './report/compare';
import { ReportTab } from './report/ReportTab';
import { UnitsTab } from './units/UnitsTab';
import { WaitingTab } from './WaitingTab';

const tabs = ['waiting', 'conflicts', 'problems', 'files', 'report', 'units'] as const;
type Tab = (typeof tabs)[number];

/** Đồng bộ: what waits, what two devices changed at once, what did not go through, files, and what the rounds did. */
export function SyncScreen({ tab }: { readonly tab: string }) {
  const workplace = useWorkplace();
  const { device, unit } = useSession();
  const { problem } = useSyncStatus();
  const offered = tabs.filter((key) => key !== 'units' || unit?.level === 'province');
  const current: Tab = offered.find((known) => known === tab) ?? 'waiting';
  const [comparison, setComparison] = useState<readonly Comparison[] | null>(null);
  const comparing = useTask();
  const compare = async (): Promise<void> => {
    navigate('/sync/report');
    setComparison(null);
    await comparing.run(async () => setComparison(await compareWithServer(workplace, device.unit)));
  };
  useCommands([
    { id: 'sync.compare', title: t.sync.compare, run: compare },
    ...offered.map((key) => ({
      id: `sync.tab.${key}`,
      title: `${t.sync.title}: ${t.sync.tabs[key]}`,
      run: () => navigate(`/sync/${key}`, { replace: true }),
    })),
  ]);
  return (
    <div className="cv-list-pane">
      <SyncHead comparing={comparing.busy} onCompare={() => void compare()} />
      {problem === 'NOT_ENROLLED' ? (
        <div className="cv-sync-page">
          <EnrolAgain />
        </div>
      ) : null}
      <Tabs
        value={current}
        onChange={(next) => navigate(`/sync/${next ?? 'waiting'}`, { replace: true })}
        className="cv-sync-tabs"
        keepMounted={false}
      >
        <TabNames tabs={offered} />
        <Tabs.Panel value={current} className="cv-sync-panel">
          {current === 'waiting' ? <WaitingTab /> : null}
          {current === 'conflicts' ? <ConflictsTab /> : null}
          {current === 'problems' ? <ProblemsTab /> : null}
          {current === 'files' ? <FilesTab /> : null}
          {current === 'report' ? <ReportTab comparison={comparison} task={comparing} /> : null}
          {current === 'units' ? <UnitsTab /> : null}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function TabNames({ tabs: offered }: { readonly tabs: readonly Tab[] }) {
  const { waiting, rejected, stuck, conflicts, filesToSend, filesToFetch } = useSyncStatus();
  const counts: Readonly<Partial<Record<Tab, number>>> = {
    waiting,
    conflicts,
    problems: rejected + stuck,
    files: filesToSend + filesToFetch,
  };
  return (
    <Tabs.List aria-label={t.sync.title}>
      {offered.map((key) => (
        <Tabs.Tab key={key} value={key}>
          {(counts[key] ?? 0) === 0 ? t.sync.tabs[key] : `${t.sync.tabs[key]} (${counts[key]})`}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

function SyncHead({ comparing, onCompare }: { readonly comparing: boolean; readonly onCompare: () => void }) {
  const { replication } = useWorkplace();
  const status = useSyncStatus();
  const { busy, online, lastSync } = status;
  const progress = roundProgress(status);
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
      {progress === null ? null : (
        <Progress label={t.sync.moving[progress.doing]} done={progress.done} total={progress.total} />
      )}
      <SilenceHint />
    </header>
  );
}
