import { Suspense, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { lazy } from '../../../../client/lazy';
import { useLooked } from '../../../../client/live';
import { type Refusal, refusalOf } from '../../../../client/refusal';
import { graphql } from '../../../../graphql';
import { Notice, Refused } from '../../../../parts/notice';
import { Waiting } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import look from './page.module.css';

const Qr = lazy(() => import('../../../../parts/qr'));

const codeQuery = graphql(`query CheckInCode($shiftId: ID!) { checkInCode(shiftId: $shiftId) { code validUntil path } }`);

/** Milliseconds that a code is shown, and for which the hub still accepts it afterwards. */
const step = 30_000;

/** Milliseconds until the code changes: never more than a step and never negative, whatever this device's clock says. */
const leftOf = (validUntil: string) => ((((Date.parse(validUntil) - Date.now()) % step) + step) % step) || step;

/** The code of a shift in large letters, and as a QR code. A new one is requested when it changes, while the page is visible. */
export function Rotating({ shiftId }: { shiftId: string }) {
  const { t } = useTranslation();
  const { shown, refusal } = useCode(shiftId);
  const now = useSeconds();
  const stale = shown && now > shown.until + step;
  if (!shown && !refusal) return <Waiting />;
  return (
    <>
      <Refused refusal={refusal} />
      {stale && !refusal && <Notice kind="warn">{t('states.noAnswer')}</Notice>}
      {shown && !stale && (
        <>
          <p className={look.code} translate="no">{shown.code.match(/.{3}/g)?.map((part) => <span key={part}>{part}</span>)}</p>
          <p className={look.left} role="timer">{t('record.screen.left', { seconds: Math.max(0, Math.ceil((shown.until - now) / 1000)) })}</p>
          <Suspense fallback={<Waiting />}><Qr text={location.origin + shown.path} label={t('record.screen.qr')} /></Suspense>
        </>
      )}
    </>
  );
}

function useCode(shiftId: string) {
  const client = useClient();
  const looked = useLooked();
  const [state, setState] = useState<{ shown?: { code: string; path: string; until: number }; refusal?: Refusal }>({});
  useEffect(() => {
    if (!looked) return;
    let [timer, over] = [0, false];
    const ask = async () => {
      const { data, error } = await client.query(codeQuery, { shiftId }, { requestPolicy: 'network-only' }).toPromise();
      if (over) return;
      const found = data?.checkInCode;
      const left = found ? leftOf(found.validUntil) : step;
      setState(({ shown }) => ({ shown: found ? { code: found.code, path: found.path, until: Date.now() + left } : shown, refusal: error && refusalOf(error) }));
      timer = window.setTimeout(() => void ask(), left + 100);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, looked, shiftId]);
  return state;
}

/** The time, updated every second. */
function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
