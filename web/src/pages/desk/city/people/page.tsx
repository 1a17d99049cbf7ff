import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import { Grants, grantRow } from '../../../../modules/desk/city/grant';
import { invitationRow, Invitations } from '../../../../modules/desk/city/invitations';
import { RoleForm } from '../../../../modules/desk/city/role-form';
import look from '../../../../modules/desk/city/row.module.css';
import { Button } from '../../../../parts/button';
import { NativeSelect } from '../../../../parts/field';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { Loaded } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { AccountHelp } from './account-help';

const peopleQuery = graphql(
  `query CityPeople($role: Role, $after: String) {
    grants(filter: {role: $role}, first: 30, after: $after) { totalCount nodes { id ...CityGrant } pageInfo { hasNextPage endCursor } }
    invitations(first: 50) { nodes { id ...CityInvitation } }
    centres(first: 50) { nodes { id name } }
    ngos(filter: {states: [FORMING, ACTIVE, SUSPENDED]}, first: 100) { nodes { id name } }
  }`,
  [grantRow, invitationRow],
);

const roles = ['CITY_OFFICER', 'COORDINATOR', 'CONSULTANT', 'NGO_LEAD'] as const;

/** Who holds which role in the city, who was invited, and help with accounts. */
export default function CityPeople() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const role = roles.find((one) => one === search.get('role'));
  const [page, setPage] = useState<{ of?: string; after: string | null }>({ after: null });
  const after = page.of === role ? page.after : null;
  const query = useQuery({ query: peopleQuery, variables: { role, after } });
  return (
    <>
      <Heading below={t('city.peopleBelow')}>{t('city.people')}</Heading>
      <Loaded query={query}>
        {({ grants, invitations, centres, ngos }, reread) => (
          <div className={look.columns}>
            <div className={look.part}>
              <Panel title={t('city.held')} aside={<b>{grants.totalCount}</b>}>
                <NativeSelect
                  label={t('city.role')}
                  value={role ?? ''}
                  data={[{ value: '', label: t('city.anyRole') }, ...roles.map((value) => ({ value, label: t(`Role.${value}`) }))]}
                  onChange={({ currentTarget }) => setSearch(currentTarget.value ? { role: currentTarget.value } : {}, { replace: true })}
                />
                <Grants grants={grants.nodes} none={t('city.nobody')} reread={reread} />
                {grants.pageInfo.hasNextPage && <Button busy={query[0].fetching} onClick={() => setPage({ of: role, after: grants.pageInfo.endCursor })}>{t('tasks.more')}</Button>}
              </Panel>
              <Panel title={t('city.invitations')}>
                <Invitations invitations={invitations.nodes} reread={reread} />
              </Panel>
            </div>
            <div className={look.part}>
              <Panel title={t('city.giveRole')}>
                <RoleForm roles={roles} centres={centres.nodes} ngos={ngos.nodes} onDone={reread} />
              </Panel>
              <AccountHelp />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}
