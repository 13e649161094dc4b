import type { PageProps } from '../page-props.js';
import { ProfilePage } from './profile-page.js';
import { ProfileList } from './profile-list.js';
import { NewProfile } from './new-profile.js';
import './profiles.css';

/** The list of profiles, one profile, or the form for a new one. */
export default function Profiles({ rest }: PageProps) {
  const [first] = rest;
  if (first === undefined) return <ProfileList />;
  return first === 'new' ? <NewProfile /> : <ProfilePage key={first} named={first} />;
}
