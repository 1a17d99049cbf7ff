import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../../../client/save';
import { Button } from '../../../parts/button';
import { Notice } from '../../../parts/notice';
import { useTranslation } from '../../../words';
import look from './factor.module.css';

/** Recovery codes, which are shown only once. */
export function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => list.current?.focus(), []);
  const text = codes.join('\n');
  return (
    <div className={look.steps}>
      <Notice kind="done">{t('security.codesBelow')}</Notice>
      <ol ref={list} className={look.codes} tabIndex={-1} aria-label={t('security.codes')} translate="no">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <div className={look.ways}>
        <Button onClick={() => saveFile('jastar-hub-codes.txt', new Blob([`Jastar Hub\n\n${text}\n`], { type: 'text/plain' }))}>{t('security.save')}</Button>
        {'clipboard' in navigator && <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>{copied ? t('security.copied') : t('security.copy')}</Button>}
      </div>
      <Button kind="main" onClick={onDone}>{t('security.kept')}</Button>
    </div>
  );
}
