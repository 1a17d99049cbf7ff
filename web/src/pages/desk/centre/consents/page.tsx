import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { refusalOf } from '../../../../client/refusal';
import { graphql } from '../../../../graphql';
import { Frame, framePart } from '../../../../modules/desk/centre/frame';
import { TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { Notice } from '../../../../parts/notice';
import { useReason } from '../../../../parts/reason';
import { Loaded, Waiting } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { Paper, paperPart } from './paper';

const consentsQuery = graphql(`query CentreConsents($id: ID!) { viewer { id ...FramePart } centre(id: $id) { id name } }`, [framePart]);

const minorQuery = graphql(`query Minor($email: String!) { minor(email: $email) { id ...PaperPart } }`, [paperPart]);

/** Where a coordinator records that a guardian has signed a paper: the minor is found by the account's address. */
export default function CentreConsents() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: consentsQuery, variables: { id } });
  const [email, setEmail] = useState('');
  const [minor, look] = useQuery({ query: minorQuery, variables: { email }, pause: email === '' });
  const find = (wanted: string) => (wanted === email ? look({ requestPolicy: 'network-only' }) : setEmail(wanted));
  return (
    <Loaded query={query}>
      {({ viewer, centre }) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('paper.title')} below={t('paper.below')}>
            <Form words={t('paper.find')} busy={minor.fetching} onSubmit={({ email: wanted = '' }) => find(wanted)}>
              <TextInput name="email" type="email" label={t('paper.email')} description={t('paper.emailHint')} autoComplete="off" maxLength={254} required />
            </Form>
            {minor.fetching && !minor.data && <Waiting />}
            {minor.error && !minor.fetching && <NotFound error={minor.error} />}
            {minor.data?.minor && !minor.error && <Paper key={minor.data.minor.id} person={minor.data.minor} />}
          </Frame>
        )
      }
    </Loaded>
  );
}

function NotFound({ error }: { error: Parameters<typeof refusalOf>[0] }) {
  const { t } = useTranslation();
  const reason = useReason();
  const { code } = refusalOf(error);
  return <Notice kind={code === 'NOT_FOUND' ? 'wait' : 'warn'}>{code === 'NOT_FOUND' ? t('paper.nobody') : reason(code)}</Notice>;
}
