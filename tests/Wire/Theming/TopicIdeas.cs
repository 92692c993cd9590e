namespace LiveCoCreate.Wire.Theming;

/// <summary>Ideas of our own making, on six topics of a neighbourhood, in Hebrew and English: what a room might write, in whole phrases.</summary>
public static class TopicIdeas
{
    private static readonly (string[] Begin, string[] About, string[] End)[] Hebrew =
    [
        (["לנטוע עצים", "להוסיף ספסלים", "להקים גינה", "לפרוש הצללה", "לשתול פרחים", "לטפח ערוגות"], ["בפארק השכונתי", "בגינה הציבורית", "לאורך השדרה הירוקה", "בין עצי הפארק"], ["כדי שיהיה צל", "ומקום לשבת בירוק", "עם שבילים מוצלים", "ופינות דשא"]),
        (["להגביר את תדירות האוטובוסים", "קו אוטובוס ישיר", "נתיב לתחבורה ציבורית", "אוטובוס לילה", "לקצר את ההמתנה לאוטובוס", "מידע בזמן אמת על אוטובוסים"], ["מהתחנה אל הרכבת", "בתחנה המרכזית", "בין התחנות בשכונה", "לתחנת הרכבת"], ["גם בסופי שבוע", "בשעות הבוקר", "לנוסעים בלי רכב", "במקום הרכב הפרטי"]),
        (["סדנאות ציור", "חוג תיאטרון", "שיעורי מוזיקה", "ערבי שירה", "תערוכה של אמנים", "הופעות של להקות"], ["במרכז התרבות", "באולם המתנ״ס", "על הבמה הפתוחה", "במרכז הקהילתי לתרבות"], ["לנוער ולהורים", "עם אמנים מקומיים", "לקהל הרחב", "בערבי תרבות"]),
        (["לפזר פחי מיחזור", "למיין אשפה", "לאסוף בקבוקים למיחזור", "קומפוסט משותף", "להפחית פסולת", "לנקות אשפה"], ["ליד פחי האשפה", "בנקודות המיחזור", "בחדרי האשפה של הבניינים", "בעמדות המיון"], ["כדי להקטין את הפסולת", "ולשמור על ניקיון", "במקום להטמין אשפה", "עם הסבר על מיון"]),
        (["שיעורי מחשב לקשישים", "מועדון לגמלאים", "ביקורי בית אצל קשישים", "ארוחה חמה לקשישים", "קו חם לגמלאים", "מתנדבים שמלווים קשישים"], ["בדיור המוגן", "במועדון הגמלאים", "אצל הקשישים בבית", "ביום לגיל השלישי"], ["נגד בדידות", "שחיים לבד", "עם מתנדבים צעירים", "לגיל השלישי"]),
        (["שבילי אופניים", "מסלול בטוח לרוכבים", "חניה לאופניים", "השאלת אופניים", "להאיר את שבילי האופניים", "הפרדה בין רוכבים להולכים"], ["אל בית הספר", "לאורך הכביש", "סביב המדרכות", "מהבית לעבודה"], ["לרוכבי אופניים", "עם סימון ברור", "כדי לרכוב בבטחה", "לילדים שרוכבים"]),
    ];

    private static readonly (string[] Begin, string[] About, string[] End)[] English =
    [
        (["plant trees", "add benches", "start a garden", "put up shade sails", "sow flowers"], ["in the park", "in the public garden", "along the green avenue"], ["so that there is shade", "and somewhere to sit in the green", "with shady paths"]),
        (["more frequent buses", "a direct bus line", "a night bus", "real time bus information", "a lane for buses"], ["from the stop to the station", "at the central bus stop", "between the train stops"], ["on weekends too", "in the morning rush", "for passengers without a car"]),
        (["painting workshops", "a theatre club", "music lessons", "an exhibition of artists", "concerts of local bands"], ["in the culture centre", "on the open stage", "in the concert hall"], ["for teenagers and parents", "with local artists", "on culture evenings"]),
        (["recycling bins", "sort the rubbish", "collect bottles for recycling", "shared compost", "reduce waste"], ["next to the rubbish bins", "at the recycling points", "in the waste rooms"], ["to cut down on waste", "and keep it clean", "instead of landfill rubbish"]),
    ];

    /// <summary>Each text once, the topics in turn; its topic says which belong together.</summary>
    public static IReadOnlyList<(int Topic, string Text)> InHebrew(int count) => Of(Hebrew, count);

    public static IReadOnlyList<(int Topic, string Text)> InEnglish(int count) => Of(English, count);

    private static List<(int, string)> Of((string[] Begin, string[] About, string[] End)[] topics, int count)
    {
        var all = new List<(int, string)>();
        for (var at = 0; all.Count < count && at < 10_000; at++)
        {
            var (topic, turn) = (at % topics.Length, at / topics.Length);
            var (begin, about, end) = topics[topic];
            var text = $"{begin[turn % begin.Length]} {about[(turn / begin.Length) % about.Length]} {end[(turn / begin.Length / about.Length + turn) % end.Length]}";
            if (!all.Contains((topic, text))) all.Add((topic, text));
        }

        return all;
    }
}
