import { get, underSeat } from '../../live/http'
import type { Board, Id, SeatKind } from '../../live/wire'

/** Another board of the workshop, as this seat sees it now (H7). */
export const boardOf = (workshop: Id, kind: SeatKind, board: Id): Promise<Board> => get<Board>(`/api/boards/${board}${underSeat(workshop, kind)}`)
