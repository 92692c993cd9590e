namespace LiveCoCreate.Grains.Clustering;

/// <summary>Words that say nothing of what a text is about, as they are compared (folded). They join no texts and label no theme.</summary>
internal static class CommonWords
{
    private static readonly HashSet<string> All = [.. string.Join(' ', English, Hebrew, Arabic, Russian).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folded)];

    private const string English = "a about above after again all also am an and any are arent as at be because been before being below between both but by can cant cannot could couldnt did didnt do does doesnt doing dont down "
        + "during each either else even ever every few for from further get got had hadnt has hasnt have havent having he her here hers herself him himself his how i id if ill im in into is isnt it its itself ive just let lets "
        + "like may me might more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own please really same shall she should shouldnt since so some such than that thats the their theirs them themselves "
        + "then there theres these they theyre this those through to too under until up upon us very was wasnt we well were werent weve what whats when where which while who whom why will with within without wont would wouldnt yes yet you your "
        + "youre yours yourself yourselves";
    private const string Hebrew = "אבל או אולי אותה אותו אותי אותך אותם אותן אז אחר אחרי אחת אחד אי איזה איזו אילו אין איך איפה אך אל אלא אלה אלו אם אמור אמורה אני אנחנו אנא את אתה אתם אתן באמת בבקשה בגלל בו בה בהם בי בין בכל בלי במה "
        + "בן בעוד בשביל בתוך גם דרך ה הוא היא הם הן היה היו היתה הייתה הזה הזאת הזו האם האלה הרבה ואם והוא והיא ואת וגם ולא ועל ז זאת זה זו חוץ יהיה יותר יש ישנם ישנה כאן כאשר כבר כדי כך כל כלל כמה כמו כן כי כמעט כשהוא לא לאחר "
        + "לו לה להם לי לך לנו לכם למה לפי לפני מאוד מאד מה מהו מהי מי מיהו מיהי מתי מן מנת מעט מול משהו מתוך נא עד עוד על עליו עליה עם עצמו עצמה פה פחות צריך צריכה רק ש שוב של שלה שלהם שלהן שלו שלי שלך שלכם שלנו שם שהוא שהיא שיש "
        + "שלא תוך תמיד תן תני לעשות אפשר ניתן היכן אודות ליד כיצד מדוע באיזה באיזו לאיזה מאיזה איתו איתה איתי";
    private const string Arabic = "في من على الى إلى عن مع هذا هذه ذلك تلك هو هي هم هن أنا انت أنت نحن ان أن إن كان كانت يكون تكون ما ماذا لماذا متى اين أين كيف كم هل لا لم لن قد كل بعض او أو و ثم لكن بل حتى اذا إذا لو عند عندي عندك بعد قبل بين "
        + "فوق تحت غير سوى أي اي اية التي الذي الذين اللذين هناك هنا لقد ليس ليست منذ خلال حول دون ضد لي لك له لها لهم لنا بي بك به بها بهم منه منها فيه فيها عليه عليها وهو وهي كما مما لان لأن ايضا أيضا جدا فقط يا ايش وش شو اللي من فضلك رجاء ابغي ابغى اريد أريد";
    private const string Russian = "а без более бы был была были было быть в вам вас вот во все всего всех всю вы где да даже для до его ее ей ему если есть еще ещё же за здесь и из или им их к как какая какие какой какое каких когда кто ли либо лишь мне меня мной "
        + "может можно мой моя мое мои моего моей моих мою моем мы на над надо нам нас наш не него нее ней нет ни них но ну о об обо однако он она они оно от очень перед по под пожалуйста после потому почему при про с сам свой своя свои своих себе себя сейчас со так также "
        + "такой такие там тебя тем теперь то тоже только том тот ту ты у уже хотя чего чей чем через что чтобы чье эта эти это этого этой этом этот эту этих я";

    public static bool Has(Token token) => token.Script is not (Script.Symbol or Script.Dense) && (token.Word.Length == 1 && token.Script is not Script.Digits || All.Contains(token.Word));

    private static string Folded(string word) => string.Concat(word.Select(Folding.Fold).Where(letter => letter != Folding.Nothing));
}
