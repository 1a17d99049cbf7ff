import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../client/act';
import { markMutation } from '../../client/reading';
import { useReturn } from '../../client/return';
import { graphql } from '../../graphql';
import { Button, ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Refused } from '../../parts/notice';
import { SignInFirst } from '../../parts/sign-in-first';
import { Loaded, State } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import look from './page.module.css';
import { NoticeRow, noticeRow } from './row';

const noticesQuery = graphql(
  `query Notices($after: String) {
    viewer { id unreadNotices notices(first: 20, after: $after) { nodes { id createdAt ...NoticeRow } pageInfo { hasNextPage endCursor } } }
  }`,
  [noticeRow],
);

/** What the person was told, newest first. */
export default function Notices() {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const query = useQuery({ query: noticesQuery, variables: { after } });
  const { act, busy, refusal } = useAct(markMutation);
  const [{ fetching }, again] = query;
  useReturn(() => again({ requestPolicy: 'network-only' }));
  return (
    <>
      <Heading>{t('notices.title')}</Heading>
      <Loaded query={query}>
        {({ viewer }) => {
          if (!viewer) return <SignInFirst />;
          const { nodes = [], pageInfo } = viewer.notices ?? {};
          const [newest] = nodes;
          if (!newest) {
            return (
              <State title={t('notices.none')} text={t('notices.noneText')}>
                <ButtonLink kind="main" to={paths.tasks}>{t('home.find')}</ButtonLink>
                <ButtonLink kind="quiet" to={paths.noticeSettings}>{t('notices.settings')}</ButtonLink>
              </State>
            );
          }
          return (
            <>
              <div className={look.ways}>
                {(viewer.unreadNotices ?? 0) > 0 && <Button busy={busy} onClick={() => void act({ input: { upTo: newest.createdAt } })}>{t('notices.readAll')}</Button>}
                <ButtonLink kind="quiet" to={paths.noticeSettings}>{t('notices.settings')}</ButtonLink>
              </div>
              <Refused refusal={refusal} />
              <h2 className="unseen">{t('notices.title')}</h2>
              <ul className={look.list}>{nodes.map((notice) => <NoticeRow key={notice.id} notice={notice} />)}</ul>
              {pageInfo?.hasNextPage && <Button busy={fetching} onClick={() => setAfter(pageInfo.endCursor)}>{t('tasks.more')}</Button>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
