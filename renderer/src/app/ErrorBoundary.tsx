import { Component, type ReactNode } from 'react';
import { t } from '../i18n';
import { ErrorNotice } from '../ui';

type Properties = { readonly children: ReactNode };
type State = { readonly error: unknown; readonly failed: boolean };

/** Keeps a defect of one screen inside that screen: the frame and the other screens go on. */
export class ErrorBoundary extends Component<Properties, State> {
  override state: State = { error: null, failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="cv-page">
        <h1>{t.common.notice.defect}</h1>
        <ErrorNotice error={this.state.error}>
          <button
            type="button"
            className="cv-link"
            onClick={() => this.setState({ error: null, failed: false })}
          >
            {t.common.actions.retry}
          </button>
        </ErrorNotice>
      </div>
    );
  }
}
