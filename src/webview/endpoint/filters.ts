import { ENDPOINTS, type Parameter } from '../../core/contract/endpoints';
import { faultOf, type Call } from '../../core/endpoints/call';
import { button, element } from '../shared/dom';
import { shownText } from '../shared/text';
import type { Post } from './parts';

interface Field {
  readonly parameter: Parameter;
  readonly input: HTMLInputElement | HTMLSelectElement;
  readonly fault: HTMLElement;
}

/** The documented parameters of a call, a field each. Nothing is called before they are applied. */
export class Filters {
  readonly element: HTMLFormElement;
  readonly #fields: readonly Field[];

  constructor(
    { endpoint, query }: Call,
    private readonly post: Post,
  ) {
    const { parameters } = ENDPOINTS[endpoint];
    this.#fields = parameters.map((parameter) => fieldOf(parameter, query[parameter.name] ?? ''));
    const isSet = parameters.some(({ in: place, name }) => place === 'query' && query[name] !== undefined);
    this.element = element(
      'form',
      { class: 'filters', 'aria-label': 'Filters', novalidate: true },
      ...this.#fields.map(rowOf),
      element(
        'div',
        { class: 'buttons' },
        element('button', { class: 'secondary', 'data-focus': 'apply' }, 'Apply'),
        isSet ? button('Reset', () => post({ kind: 'filter', query: {} }), { class: 'link' }) : undefined,
      ),
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#apply();
    });
    this.element.addEventListener('input', ({ target }) => this.#onInput(target));
  }

  /** Says at each field what is wrong with it; gives the first such field. */
  check(): HTMLElement | undefined {
    return this.#fields.filter((field) => !isRight(field))[0]?.input;
  }

  #apply(): void {
    const wrong = this.check();
    if (wrong) wrong.focus();
    else this.post({ kind: 'filter', query: this.#query() });
  }

  /** What has a default is sent where it is something else. */
  #query(): Record<string, string> {
    return Object.fromEntries(
      this.#fields
        .map(({ parameter, input }) => [parameter, valueOf(input)] as const)
        .filter(([parameter, value]) => value !== '' && value !== defaultOf(parameter))
        .map(([{ name }, value]) => [name, value]),
    );
  }

  /** Other filters have other pages: they begin with the first. */
  #onInput(target: EventTarget | null): void {
    const changed = this.#fields.find(({ input }) => input === target);
    if (changed?.input.getAttribute('aria-invalid') === 'true') isRight(changed);
    const page = this.#fields.find(({ parameter }) => parameter.name === 'page');
    if (!page || page === changed) return;
    page.input.value = '';
    isRight(page);
  }
}

function fieldOf(parameter: Parameter, given: string): Field {
  const { name, rule, description } = parameter;
  const attributes = {
    id: `filter-${name}`,
    'data-focus': `filter-${name}`,
    'aria-describedby': `fault-${name}`,
    title: description,
  };
  const fault = element('span', { id: `fault-${name}`, class: 'fault' });
  if (rule.kind === 'choice') return { parameter, input: choiceOf(rule, given, attributes), fault };
  const input = element('input', {
    ...attributes,
    type: 'text',
    placeholder: defaultOf(parameter) || 'any',
    spellcheck: 'false',
    autocomplete: 'off',
    class: rule.kind === 'id' ? 'long' : rule.kind === 'count' ? 'short' : undefined,
    ...(rule.kind === 'count' ? { inputmode: 'numeric' } : {}),
  });
  input.value = given;
  return { parameter, input, fault };
}

function choiceOf(
  rule: Extract<Parameter['rule'], { kind: 'choice' }>,
  given: string,
  attributes: Readonly<Record<string, string>>,
): HTMLSelectElement {
  const { values, default: usual = '' } = rule;
  const known = usual === '' ? ['', ...values] : values;
  // What a script gave stays to be seen, and is said to be wrong.
  const all = given === '' || known.includes(given) ? known : [given, ...known];
  const options = all.map((value) => element('option', { value }, value === '' ? 'any' : shownText(value)));
  const select = element('select', attributes, ...options);
  select.value = given === '' ? usual : given;
  return select;
}

function rowOf({ parameter: { name }, input, fault }: Field): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: input.id }, name), input, fault);
}

function isRight({ parameter, input, fault }: Field): boolean {
  const words = faultOf(parameter, valueOf(input)) ?? '';
  fault.textContent = words;
  if (words === '') input.removeAttribute('aria-invalid');
  else input.setAttribute('aria-invalid', 'true');
  return words === '';
}

const valueOf = (input: Field['input']): string => input.value.trim();

/** As a text; empty where there is none. */
function defaultOf({ rule }: Parameter): string {
  return 'default' in rule ? String(rule.default) : '';
}
