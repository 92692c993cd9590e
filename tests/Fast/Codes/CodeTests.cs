using LiveCoCreate.Grains.Codes;

namespace LiveCoCreate.Fast.Codes;

/// <summary>I2: what people type.</summary>
public sealed class CodeTests
{
    [Theory]
    [InlineData("ABC234", "ABC234"), InlineData("abc 234", "ABC234"), InlineData(" a-b-c-2-3-4 ", "ABC234")]
    [InlineData("ABC23", null), InlineData("ABC2345", null), InlineData("ABCI10", null), InlineData("", null), InlineData(null, null), InlineData("ÄBC234", null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? code) => Assert.Equal(code, JoinCode.Read(typed));
}
