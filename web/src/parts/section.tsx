import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { State } from './states';

/** A part of a page that may break without the rest. */
export class Section extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <State title={t('states.broken')} text={t('states.brokenText')}>
      <Button onClick={() => location.reload()}>{t('states.reload')}</Button>
    </State>
  );
}
