#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# Image Builder, on a real PowerShell: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 1000
    $ubuntu = 'acs:ubuntu_24_04_x64'
    $tools = New-EcsImageComponent tools 'RUN apt-get install -y git jq'
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'New-EcsImagePipeline' {
    It 'takes files from Get-ChildItem, each with its name and its line FROM' {
        foreach ($name in 'nginx', 'redis') { Set-Content (Join-Path $folder "$name.imagefile") "FROM IMAGE_FAMILY:$ubuntu", "RUN apt-get install -y $name" }
        $made = Get-ChildItem (Join-Path $folder '*.imagefile') | New-EcsImagePipeline -ImageComponentId $tools
        $made.Name | Sort-Object | Should -Be @('nginx', 'redis')
        $made[0].BaseImage | Should -Be $ubuntu
        $made[0].BuildContent | Should -Match "COMPONENT $($tools.ImageComponentId)"
    }

    It 'makes each mistake an error with its place' {
        $file = Join-Path $folder 'wrong.txt'
        Set-Content $file "FROM IMAGE_FAMILY:$ubuntu", 'RUN', 'ADD a b'
        New-EcsImagePipeline -Path $file -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'EmptyCommandContent.RUN,*'
        $failed[0].ErrorDetails.Message | Should -Match 'wrong\.txt, line 2'
    }

    It 'refuses a name that is taken, and names the way' {
        $null = New-EcsImagePipeline taken -Family $ubuntu
        New-EcsImagePipeline taken -Family $ubuntu -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ImagePipeline.AlreadyExists,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Remove-EcsImagePipeline'
    }

    It 'makes nothing with -WhatIf' {
        New-EcsImagePipeline shown -Family $ubuntu -WhatIf | Should -BeNullOrEmpty
        Get-EcsImagePipeline -Name shown | Should -BeNullOrEmpty
    }
}

Describe 'Start-EcsImagePipeline' {
    It 'waits for the image, which can be piped on' {
        $run = New-EcsImagePipeline built -Family $ubuntu -ImageComponentId $tools -ImageName built | Start-EcsImagePipeline -Wait
        $run.Status | Should -Be 'SUCCESS'
        $run.Stages.Name | Should -Be @('Prepare', 'Build', 'Release')
        ($run | Get-EcsImage).Name | Should -BeLike 'built_*'
        (Get-EcsImagePipeline -Name built | Get-EcsImagePipelineExecution).ExecutionId | Should -Be $run.ExecutionId
    }
}

Describe 'Views' {
    It 'fit into 100 columns: every column is there, and nothing that tells an object is cut' {
        function Confirm-Table($Object, [string[]] $Header, [string[]] $Uncut) {
            $lines = ($Object | Format-Table | Out-String -Width 100) -replace '\e\[[\d;]*m' -split '\r?\n' | Where-Object { $_.Trim() }
            ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 100
            -split $lines[0] | Should -Be $Header
            foreach ($value in $Uncut) { -split $lines[2] | Should -Contain $value }
        }
        Confirm-Table $tools ImageComponentId, Name, Version, Type, System, Region, Owner $tools.ImageComponentId, $tools.Version
        $pipeline = Get-EcsImagePipeline -Name built
        Confirm-Table $pipeline ImagePipelineId, Name, Region, BaseImage, To $pipeline.ImagePipelineId
        $run = $pipeline | Get-EcsImagePipelineExecution
        Confirm-Table $run ExecutionId, Pipeline, Region, Status, ImageId $run.ExecutionId, $run.Status, $run.ImageId
    }

    It 'say in a list how the image will be named' {
        Get-EcsImagePipeline -Name built | Format-List | Out-String | Should -Match 'ImageName\s*: built_\(id of the execution\)'
    }
}

Describe 'Tab' {
    It 'completes <line>' -ForEach @(
        @{ line = 'Get-EcsImagePipelineExecution -Status PARTI'; expected = 'PARTITION_SUCCESS' }
        @{ line = 'New-EcsImageComponent -ComponentType T'; expected = 'Test' }
        @{ line = 'New-EcsImagePipeline -RepairMode S'; expected = 'Standard' }
    ) {
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Contain $expected
    }
}
