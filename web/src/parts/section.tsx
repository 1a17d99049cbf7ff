import { Component, type ReactNode } from 'react';
import { NotLoaded } from '../client/lazy';
import { useTranslation } from '../words';
import { Button } from './button';
import { Heading } from './heading';
import { State } from './states';

type Props = {
  /** The page it belongs to: after a change of page it is tried again. */
  of?: string;
  children: ReactNode;
};

/** A part of a page; an error in it does not affect the rest. */
export class Section extends Component<Props, { of?: string; error?: unknown }> {
  override state: { of?: string; error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps({ of }: Props, last: { of?: string }) {
    return of === last.of ? null : { of, error: undefined };
  }

  override render() {
    return this.state.error ? <Broken page={this.props.of !== undefined} missing={this.state.error instanceof NotLoaded} /> : this.props.children;
  }
}

function Broken({ page, missing }: { page: boolean; missing: boolean }) {
  const { t } = useTranslation();
  const title = missing ? t('states.failed') : t('states.broken');
  const text = missing ? t('states.notLoaded') : t('states.brokenText');
  return (
    <>
      {page && <Heading>{title}</Heading>}
      <State title={page ? text : title} text={page ? undefined : text}>
        <Button onClick={() => location.reload()}>{t('states.reload')}</Button>
      </State>
    </>
  );
}
