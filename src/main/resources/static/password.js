'use strict';

const form = document.getElementById('form');
const message = document.getElementById('message');
const secret = location.hash.slice(1); // behind the # it never reaches a server's log

function say(text, good) {
  message.textContent = text;
  message.className = good ? 'good' : '';
}

async function send(password) {
  const answer = await fetch('/api/v1/auth/password-links', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ secret, password }),
  });
  if (answer.ok) {
    history.replaceState(null, '', location.pathname);
    form.hidden = true;
    say('The password is set. You can log in now.', true);
    return;
  }
  const problem = await answer.json();
  const fields = (problem.errors || []).map((it) => it.field + ' ' + it.message);
  say(fields.join('; ') || problem.detail, false);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const password = document.getElementById('password').value;
  if (password !== document.getElementById('again').value) {
    say('The two are not the same.', false);
    return;
  }
  send(password).catch(() => say('Kontor could not be reached; try again.', false));
});

if (!secret) {
  form.hidden = true;
  say('This page is opened by a link that an administrator of Kontor gave you.', false);
}
