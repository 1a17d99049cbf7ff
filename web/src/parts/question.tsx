import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { type Question, useQuestion } from '../client/ask';
import { useTranslation } from '../words';
import { Button } from './button';
import { Dialog } from './dialog';
import look from './dialog.module.css';

/** Asks for confirmation of what was tapped, anywhere in the app. */
export function OpenQuestion() {
  const question = useQuestion();
  return question && <Asking {...question} />;
}

function Asking({ about, answer }: Question) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [at] = useState(pathname);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  useEffect(() => {
    if (pathname !== at) answer(false); // the back button cancels the question too
  }, [at, pathname, answer]);
  return (
    <Dialog title={t(`ask.${about}`)} onClose={(value) => answer(value === 'yes')}>
      {(close) => (
        <div className={look.ways}>
          <Button kind="main" onClick={() => close('yes')}>{t('ask.yes')}</Button>
          <Button ref={no} onClick={() => close()}>{t('ask.no')}</Button>
        </div>
      )}
    </Dialog>
  );
}
