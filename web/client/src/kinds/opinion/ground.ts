import { standingsOf } from '../../boards/standings'
import type { Board, Id } from '../../live/wire'

/** What people say of one statement. */
export interface Stand {
  idea: Id
  text: string
  agree: number
  pass: number
  disagree: number
  spoke: number
  /** What most say: 1 agree, -1 disagree, 0 neither. */
  most: 1 | 0 | -1
  /** How many of all who spoke say what most say, 0…1. */
  share: number
}

export interface Ground {
  /** What the room agrees on, the clearest first; what it rejects comes after what it wants. */
  shared: Stand[]
  /** Where it differs, the most divided first, and at last what too few spoke of. */
  divided: Stand[]
}

/** From this share on most people say the same; with few people it takes more of them. */
const clear = 0.61

/** What the room agrees on and where it differs, as far as counts are due. */
export function groundOf(board: Board, ballot: Id): Ground {
  const stands = standingsOf(board, ballot).map(({ idea, text, parts }): Stand => {
    const of = (value: number) => parts.find((part) => part.value === value)?.n ?? 0
    const [agree, pass, disagree] = [of(1), of(0), of(-1)]
    const [spoke, larger] = [agree + pass + disagree, Math.max(agree, disagree)]
    return { idea, text, agree, pass, disagree, spoke, most: agree > disagree ? 1 : disagree > agree ? -1 : 0, share: spoke > 0 ? larger / spoke : 0 }
  })
  const isShared = (one: Stand) => one.most !== 0 && certainty(one) >= clear
  return {
    shared: stands.filter(isShared).sort((one, other) => other.most - one.most || certainty(other) - certainty(one) || other.spoke - one.spoke),
    divided: stands.filter((one) => !isShared(one)).sort((one, other) => apart(one) - apart(other) || other.spoke - one.spoke),
  }
}

/** The share as it would be with two more on each side: three of three say less than thirty of thirty, and one alone says nothing. */
const certainty = ({ agree, disagree, spoke }: Stand): number => (Math.max(agree, disagree) + 2) / (spoke + 4)

/** 0 where as many say the one as the other. */
const apart = ({ agree, disagree }: Stand): number => (agree + disagree === 0 ? 1 : Math.abs(agree - disagree) / (agree + disagree))
