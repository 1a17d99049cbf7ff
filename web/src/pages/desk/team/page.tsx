import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { type Enum, graphql, readFragment } from '../../../graphql';
import { Desk, LeadsOnly } from '../../../modules/desk/guard';
import { Register } from '../../../modules/desk/register';
import { FocusMark } from '../../../modules/ngo/focus';
import { ActionButton, actionPart } from '../../../parts/action';
import { ButtonLink } from '../../../parts/button';
import { Heading } from '../../../parts/heading';
import { More } from '../../../parts/more';
import { Panel } from '../../../parts/panel';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { startOfDay } from '../../../words/dates';
import { Host, hostPart } from './move';
import look from './page.module.css';
import { leadTask, TaskRow } from './task-row';
import { Todo } from './todo';

const teamDeskQuery = graphql(
  `query TeamDesk($id: ID!, $from: DateTime!) {
    viewer { id grants { id role ngo { id } } }
    team(id: $id) {
      id name language memberCount ngo { id name focus }
      availableActions { ...ActionPart }
      ...HostPart
      requests: memberships(filter: {states: [REQUESTED]}, first: 100) { nodes { id } }
      hours(filter: {states: [PENDING]}, first: 1) { totalCount }
    }
    live: tasks(filter: {teamId: $id, states: [DRAFT, OPEN, IN_PROGRESS, CLAIMED_DONE]}, first: 40) { nodes { id state ...LeadTask } }
    over: tasks(filter: {teamId: $id, states: [VERIFIED, CANCELLED]}, first: 10) { nodes { id state ...LeadTask } }
  }`,
  [actionPart, hostPart, leadTask],
);

const states = ['IN_PROGRESS', 'OPEN', 'DRAFT', 'CLAIMED_DONE'] as const satisfies Enum<'TaskState'>[];

/** A team's desk: what needs its lead now, and its tasks by state. */
export default function TeamDesk() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const from = useMemo(() => startOfDay(-2), []);
  const query = useQuery({ query: teamDeskQuery, variables: { id, from } });
  return (
    <Desk query={query}>
      {({ viewer, team, live, over }) =>
        team && (
          <>
            <Heading above={<FocusMark focus={team.ngo.focus} />}>{team.name}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TASK" of={team.availableActions}>
              <div className={look.ways}>
                <Post team={team} />
                <ButtonLink to={pathOf('teamPeople', id)}>{t('lead.team.people', { count: team.memberCount })}</ButtonLink>
                <ButtonLink to={pathOf('teamProposals', id)}>{t('lead.team.proposals')}</ButtonLink>
                <ButtonLink to={pathOf('teamHours', id)}>{t('record.answer.title')}</ButtonLink>
              </div>
              <Panel title={t('lead.todo.title')}>
                <Todo teamId={id} requests={team.requests?.nodes.length ?? 0} hours={team.hours?.totalCount ?? 0} tasks={live.nodes.map((task) => readFragment(leadTask, task))} />
              </Panel>
              {live.nodes.length === 0 && <p>{t('lead.team.noTasks')}</p>}
              {states.map((state) => {
                const tasks = live.nodes.filter((task) => task.state === state);
                return tasks.length > 0 && (
                  <Panel key={state} title={t(`lead.tasks.${state}`)} aside={tasks.length}>
                    <ul className={look.tasks}>{tasks.map((task) => <TaskRow key={task.id} task={task} />)}</ul>
                  </Panel>
                );
              })}
              {over.nodes.length > 0 && (
                <More words={t('lead.team.over')}>
                  <ul className={look.tasks}>{over.nodes.map((task) => <TaskRow key={task.id} task={task} state />)}</ul>
                </More>
              )}
              <Host team={team} />
              {viewer?.grants?.some(({ role, ngo }) => role === 'NGO_LEAD' && ngo?.id === team.ngo.id) && <Register ngo={team.ngo} />}
              <p><Link to={pathOf('team', id)}>{t('lead.team.page')}</Link></p>
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}

/** The link to a new task; or the reason, if the NGO may not begin anything. */
function Post({ team }: { team: { id: string; availableActions: Parameters<typeof ActionButton>[0]['of'] } }) {
  const { t } = useTranslation();
  const allowed = team.availableActions.some((part) => readFragment(actionPart, part).action === 'CREATE_TASK' && readFragment(actionPart, part).allowed);
  if (allowed) return <ButtonLink kind="main" to={pathOf('newTask', team.id)}>{t('lead.post.title')}</ButtonLink>;
  return <ActionButton action="CREATE_TASK" of={team.availableActions} onAct={() => {}} />;
}
