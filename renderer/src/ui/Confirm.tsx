import { Button, Modal } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { t } from '../i18n';
import { openQuestion, subscribeQuestions } from './confirm';

/** Shows the question of `confirmFinal`. */
export function ConfirmHost() {
  const open = useSyncExternalStore(subscribeQuestions, openQuestion);
  if (open === null) return null;
  const { question, answer } = open;
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={question.title}
      size={440}
      closeButtonProps={{ 'aria-label': t.common.actions.close }}
    >
      <div className="cv-stack">
        <p>{question.effect}</p>
        <p className="cv-soft">
          {t.common.confirm.final} {t.common.confirm.counterAct(question.counterAct)}
        </p>
        <div className="cv-row cv-row-end">
          <Button onClick={() => answer(false)}>{t.common.actions.cancel}</Button>
          <Button variant="filled" data-autofocus onClick={() => answer(true)}>
            {question.action}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
