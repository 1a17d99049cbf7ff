import { useEffect } from 'react';
import { keepHasDesk } from '../../client/desk';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Card, Cards } from '../../parts/card';
import { pathOf, paths } from '../../paths';
import { useTranslation } from '../../words';

export const desksPart = graphql(`fragment DesksPart on Person {
  grants { id role centre { id name } ngo { id name teams(first: 20) { nodes { id name } } } }
  led: memberships(filter: {states: [ACTIVE]}, first: 50) { nodes { id role team { id name } } }
}`);

/** The desks of a person: one for each team and NGO that the person leads, each centre that the person acts for, and the city. */
export function useDesks(of: FragmentOf<typeof desksPart> | null | undefined): { to: string; title: string; below: string }[] {
  const { t } = useTranslation();
  const person = readFragment(desksPart, of);
  const grants = person?.grants ?? [];
  const led = person?.led?.nodes.flatMap(({ role, team }) => (role === 'LEAD' && team ? [team] : [])) ?? [];
  const teams = new Map([...led, ...grants.flatMap(({ ngo }) => ngo?.teams.nodes ?? [])].map((team) => [team.id, team]));
  const desks = [
    ...(grants.some(({ role }) => role === 'CITY_OFFICER') ? [{ to: paths.cityDesk, title: t('desk.city'), below: t('desk.cityText') }] : []),
    ...grants.flatMap(({ role, centre }) => (role === 'COORDINATOR' && centre ? [{ to: pathOf('centreDesk', centre.id), title: centre.name, below: t('desk.centreText') }] : [])),
    ...grants.flatMap(({ ngo }) => (ngo ? [{ to: pathOf('ngoDesk', ngo.id), title: ngo.name, below: t('desk.ngoText') }] : [])),
    ...[...teams.values()].map(({ id, name }) => ({ to: pathOf('teamDesk', id), title: name, below: t('desk.teamText') })),
  ];
  const has = desks.length > 0;
  useEffect(() => {
    if (person) keepHasDesk(has);
  }, [person, has]);
  return desks;
}

/** Links to them. */
export function DeskCards({ desks }: { desks: ReturnType<typeof useDesks> }) {
  return <Cards>{desks.map(({ to, title, below }) => <Card key={to} to={to} title={title}><p>{below}</p></Card>)}</Cards>;
}
